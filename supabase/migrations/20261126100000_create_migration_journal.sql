-- The journal of a migration lies in the target, so that rows and the record of them are one transaction. A run may span
-- workspaces, so its tables are the service role's; who owns a workspace reads of a run what concerns that workspace.

alter table public.migration_runs
  add column phase text,
  add column progress jsonb,
  add column source_snapshot text,
  add column options_digest text,
  add column schema_version text,
  add column lease_token uuid,
  add column lease_holder jsonb,
  add column lease_expires_at timestamptz,
  add column interrupted_at timestamptz,
  add column rolled_back_at timestamptz,
  drop constraint migration_runs_status_check,
  add constraint migration_runs_status_is_known check (status in (
    'running', 'interrupted', 'failed', 'verified', 'verified_with_rejects', 'verified_with_conflicts',
    'verified_with_edits', 'differences', 'rolling_back', 'rolled_back'
  )) not valid,
  add constraint migration_runs_phase_is_known
    check (phase in ('census', 'copy', 'index', 'verify', 'rollback')) not valid;
comment on column public.migration_runs.phase is 'What it does, or was doing when it stopped.';
comment on column public.migration_runs.progress is
  '{"done", "total", "rows", "rows_per_second", "updated_at"} of the phase: records done, how many there are (null where '
  'not known), rows they became.';
comment on column public.migration_runs.source_snapshot is 'SHA-256 of how many records the source had where.';
comment on column public.migration_runs.options_digest is
  'SHA-256 of the options that decide what is written: only the same ones go on with a run that was cut short.';
comment on column public.migration_runs.schema_version is 'The newest migration of the schema when it began.';
comment on column public.migration_runs.lease_token is
  'Who may write in this run: every write names it, so that a process that was taken for dead can write no more.';
comment on column public.migration_runs.lease_holder is '{"host", "pid", "process_start"} of the process that has the lease.';
comment on column public.migration_runs.lease_expires_at is
  'By the clock of the database; renewed by whoever has the lease, null when nobody has it.';

create table public.migration_run_workspaces (
  run_id uuid not null references public.migration_runs (id) on delete cascade,
  workspace_id text not null,
  is_new boolean not null default false,
  traces bigint not null default 0,
  memory_items bigint not null default 0,
  written bigint not null default 0,
  updated bigint not null default 0,
  conflicts bigint not null default 0,
  primary key (run_id, workspace_id)
);
comment on table public.migration_run_workspaces is
  'A workspace that a migration run moves rows to. No foreign key to the workspace, which may be deleted later. The '
  'counts are those of the last report.';
comment on column public.migration_run_workspaces.is_new is 'The run created it.';
comment on column public.migration_run_workspaces.traces is 'Traces of the source that belong there.';
comment on column public.migration_run_workspaces.memory_items is 'Memory items of the source that belong there.';
comment on column public.migration_run_workspaces.written is 'Rows the run inserted or updated.';
comment on column public.migration_run_workspaces.updated is 'Of these, rows that were there before.';
comment on column public.migration_run_workspaces.conflicts is 'Rows edited on both sides; the one of the target was kept.';

create index migration_run_workspaces_workspace_index on public.migration_run_workspaces (workspace_id, run_id);

create table public.migration_batches (
  id bigint generated always as identity primary key,
  run_id uuid not null references public.migration_runs (id) on delete cascade,
  fingerprint bytea check (pg_catalog.octet_length(fingerprint) = 32),
  rows bigint not null,
  written bigint not null,
  committed_at timestamptz not null default pg_catalog.now()
);
comment on table public.migration_batches is
  'One transaction in which a migration run wrote rows. Their updated_at is its committed_at, unless they were changed since.';
comment on column public.migration_batches.fingerprint is
  'Digest of all rows of one batch of the source, whatever their order; null where only some of them were written.';
comment on column public.migration_batches.written is 'Rows of the batch that it inserted or updated.';

create index migration_batches_run_index on public.migration_batches (run_id, fingerprint);

create table public.migration_replaced_rows (
  run_id uuid not null references public.migration_runs (id) on delete cascade,
  kind text not null check (kind in ('trace', 'memory_item')),
  workspace_id text not null,
  id uuid not null,
  replaced_run_id uuid,
  replaced_row jsonb not null,
  replaced_links jsonb not null,
  primary key (run_id, kind, workspace_id, id)
);
comment on table public.migration_replaced_rows is
  'What a migration run updated, as it was before: a rollback puts it back. Taken the first time a run touches a row.';
comment on column public.migration_replaced_rows.replaced_run_id is 'The run that had written the row before, if one did.';
comment on column public.migration_replaced_rows.replaced_row is 'The whole row as to_jsonb makes it, vectors included.';

create index migration_replaced_rows_replaced_run_index on public.migration_replaced_rows (replaced_run_id);

alter table public.migration_run_workspaces enable row level security;
alter table public.migration_batches enable row level security;
alter table public.migration_replaced_rows enable row level security;

revoke all on public.migration_run_workspaces, public.migration_batches, public.migration_replaced_rows
  from public, anon, authenticated, service_role;
grant select, insert, update, delete
  on public.migration_run_workspaces, public.migration_batches, public.migration_replaced_rows to service_role;
