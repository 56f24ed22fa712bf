alter table public.workspaces add column records_query_text boolean not null default false;
comment on column public.workspaces.records_query_text is
  'Whether retrieval events keep what was asked; otherwise only its hash.';
grant update (records_query_text) on public.workspaces to authenticated;

create table public.retrieval_events (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  id uuid not null default pg_catalog.gen_random_uuid(),
  occurred_at timestamptz not null default pg_catalog.now(),
  user_id uuid references auth.users (id) on delete set null,
  backend text not null check (pg_catalog.char_length(backend) between 1 and 50),
  search_kind text not null
    check (search_kind in ('semantic', 'keyword', 'hybrid', 'similar_memories', 'similar_traces')),
  query_hash bytea check (pg_catalog.octet_length(query_hash) = 32),
  query_text text,
  match_count integer not null check (match_count between 1 and 1000),
  result_count integer not null check (result_count between 0 and 1000),
  embedding_ms double precision check (embedding_ms >= 0),
  database_ms double precision check (database_ms >= 0),
  total_ms double precision check (total_ms >= 0),
  error_code text check (pg_catalog.char_length(error_code) between 1 and 100),
  served_trace_id uuid,
  primary key (workspace_id, id)
);
comment on table public.retrieval_events is 'One search by a program or a person: what it cost, and what it was for.';
comment on column public.retrieval_events.user_id is 'Null for the service role.';
comment on column public.retrieval_events.query_hash is 'SHA-256 of the query text, null when there was none.';
comment on column public.retrieval_events.embedding_ms is 'Milliseconds for embedding the query; null when no model was used.';
comment on column public.retrieval_events.database_ms is 'Milliseconds from asking the database to its answer.';
comment on column public.retrieval_events.served_trace_id is
  'The trace for which memories were recalled, once it is stored. No foreign key: it comes later and may go earlier.';

create index retrieval_events_occurred_at_index on public.retrieval_events (workspace_id, occurred_at);
create index retrieval_events_user_index on public.retrieval_events (user_id);
create index retrieval_events_served_trace_index on public.retrieval_events (workspace_id, served_trace_id);

create table public.retrieval_results (
  workspace_id text not null,
  event_id uuid not null,
  rank integer not null check (rank between 1 and 1000),
  result_id uuid not null,
  score double precision,
  is_helpful boolean,
  primary key (workspace_id, event_id, rank),
  foreign key (workspace_id, event_id)
    references public.retrieval_events (workspace_id, id) on delete cascade
);
comment on table public.retrieval_results is 'One memory item, or trace, that a search returned.';
comment on column public.retrieval_results.rank is 'Place in the answer, from 1.';
comment on column public.retrieval_results.result_id is
  'Id of the memory item or, for similar_traces, of the trace. No foreign key: what was recalled may be deleted later.';
comment on column public.retrieval_results.is_helpful is 'What the caller said of it afterwards; null when nothing.';

create index retrieval_results_result_index on public.retrieval_results (workspace_id, result_id);

alter table public.retrieval_events enable row level security;
alter table public.retrieval_results enable row level security;

create policy "Members read the retrievals of their workspaces"
  on public.retrieval_events for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

create policy "Members read what was retrieved in their workspaces"
  on public.retrieval_results for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.retrieval_events, public.retrieval_results from anon, authenticated, service_role;
grant select on public.retrieval_events, public.retrieval_results to authenticated;
grant select, insert, update, delete on public.retrieval_events, public.retrieval_results to service_role;

create function private.record_retrieval(
  workspace_id text, backend text, search_kind text, match_count integer, result_ids uuid[],
  result_scores double precision[], query_text text, query_hash bytea, embedding_ms double precision,
  database_ms double precision, total_ms double precision, error_code text, served_trace_id uuid,
  event_id uuid, occurred_at timestamptz
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  new_id constant pg_catalog.uuid := coalesce(record_retrieval.event_id, pg_catalog.gen_random_uuid());
begin
  perform private.require_role(record_retrieval.workspace_id, 'viewer');
  if (record_retrieval.occurred_at <= pg_catalog.now() + interval '1 minute') is false then
    raise exception 'occurred_at lies in the future' using errcode = '22023', hint = 'Leave it out to mean now.';
  end if;
  if pg_catalog.cardinality(record_retrieval.result_scores) <> pg_catalog.cardinality(record_retrieval.result_ids) then
    raise exception 'There are % scores for % results', pg_catalog.cardinality(record_retrieval.result_scores),
      pg_catalog.cardinality(record_retrieval.result_ids)
      using errcode = '22023', hint = 'Give one score for each result, or none at all.';
  end if;
  insert into public.retrieval_events (
    workspace_id, id, occurred_at, user_id, backend, search_kind, query_hash, query_text, match_count, result_count,
    embedding_ms, database_ms, total_ms, error_code, served_trace_id
  )
  select
    w.id, new_id, coalesce(record_retrieval.occurred_at, pg_catalog.now()), private.caller_id(), record_retrieval.backend,
    record_retrieval.search_kind,
    coalesce(
      record_retrieval.query_hash,
      pg_catalog.sha256(pg_catalog.convert_to(record_retrieval.query_text, 'UTF8'))
    ),
    case when w.records_query_text then pg_catalog.left(record_retrieval.query_text, 10000) end,
    record_retrieval.match_count, coalesce(pg_catalog.cardinality(record_retrieval.result_ids), 0),
    record_retrieval.embedding_ms, record_retrieval.database_ms, record_retrieval.total_ms,
    record_retrieval.error_code, record_retrieval.served_trace_id
  from public.workspaces as w
  where w.id = record_retrieval.workspace_id
  on conflict (workspace_id, id) do nothing;
  if not found then
    return new_id;
  end if;
  insert into public.retrieval_results (workspace_id, event_id, rank, result_id, score)
  select record_retrieval.workspace_id, new_id, r.rank, r.result_id, r.score
  from rows from (
    pg_catalog.unnest(record_retrieval.result_ids), pg_catalog.unnest(record_retrieval.result_scores)
  ) with ordinality as r (result_id, score, rank);
  return new_id;
end;
$$;
comment on function private.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) is
  'Security definer: viewers record too, and nobody may write events in another''s name or change them afterwards.';
revoke execute on function private.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) from public, anon;
grant execute on function private.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) to authenticated, service_role;

create function public.record_retrieval(
  workspace_id text,
  backend text,
  search_kind text,
  match_count integer,
  result_ids uuid[] default '{}',
  result_scores double precision[] default null,
  query_text text default null,
  query_hash bytea default null,
  embedding_ms double precision default null,
  database_ms double precision default null,
  total_ms double precision default null,
  error_code text default null,
  served_trace_id uuid default null,
  event_id uuid default null,
  occurred_at timestamptz default null
)
returns uuid
language sql
set search_path = ''
as $$
  select private.record_retrieval(
    record_retrieval.workspace_id, record_retrieval.backend, record_retrieval.search_kind, record_retrieval.match_count,
    record_retrieval.result_ids, record_retrieval.result_scores, record_retrieval.query_text, record_retrieval.query_hash,
    record_retrieval.embedding_ms, record_retrieval.database_ms, record_retrieval.total_ms, record_retrieval.error_code,
    record_retrieval.served_trace_id, record_retrieval.event_id, record_retrieval.occurred_at
  )
$$;
comment on function public.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) is
  'Records a search and returns the event''s id, for any member. result_ids and result_scores are in the order of the answer. '
  'A second call with the same event_id changes nothing. The text is kept only where the workspace allows it.';
revoke execute on function public.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) from public, anon;
grant execute on function public.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) to authenticated, service_role;

create function private.mark_retrieval(
  workspace_id text, event_id uuid, helpful_ids uuid[], unhelpful_ids uuid[], served_trace_id uuid
)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  marked integer;
begin
  perform private.require_role(mark_retrieval.workspace_id, 'viewer');
  update public.retrieval_events as e
  set served_trace_id = coalesce(mark_retrieval.served_trace_id, e.served_trace_id)
  where e.workspace_id = mark_retrieval.workspace_id
    and e.id = mark_retrieval.event_id
    and (private.caller_is_trusted() or e.user_id = private.caller_id());
  if not found then
    raise exception 'There is no retrieval % of yours in workspace "%"', mark_retrieval.event_id,
      mark_retrieval.workspace_id
      using errcode = 'PT404', hint = 'Only who recorded a retrieval can say whether it helped.';
  end if;
  update public.retrieval_results as r
  set is_helpful = r.result_id = any (mark_retrieval.helpful_ids)
  where r.workspace_id = mark_retrieval.workspace_id
    and r.event_id = mark_retrieval.event_id
    and r.result_id = any (mark_retrieval.helpful_ids || mark_retrieval.unhelpful_ids);
  get diagnostics marked = row_count;
  return marked;
end;
$$;
comment on function private.mark_retrieval(text, uuid, uuid[], uuid[], uuid) is
  'Security definer: there is no direct update of events.';
revoke execute on function private.mark_retrieval(text, uuid, uuid[], uuid[], uuid) from public, anon;
grant execute on function private.mark_retrieval(text, uuid, uuid[], uuid[], uuid) to authenticated, service_role;

create function public.mark_retrieval(
  workspace_id text,
  event_id uuid,
  helpful_ids uuid[] default '{}',
  unhelpful_ids uuid[] default '{}',
  served_trace_id uuid default null
)
returns integer
language sql
set search_path = ''
as $$
  select private.mark_retrieval(
    mark_retrieval.workspace_id, mark_retrieval.event_id, mark_retrieval.helpful_ids, mark_retrieval.unhelpful_ids,
    mark_retrieval.served_trace_id
  )
$$;
comment on function public.mark_retrieval(text, uuid, uuid[], uuid[], uuid) is
  'Says which results of one''s own retrieval helped and which trace it served; returns how many results were marked.';
revoke execute on function public.mark_retrieval(text, uuid, uuid[], uuid[], uuid) from public, anon;
grant execute on function public.mark_retrieval(text, uuid, uuid[], uuid[], uuid) to authenticated, service_role;

create function private.check_retention_days(retention_days integer)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if (retention_days between 1 and 36500) is not true then
    raise exception 'retention_days is %, expected 1 to 36500', coalesce(retention_days::pg_catalog.text, 'null')
      using errcode = '22023', hint = 'Give the number of days whose rows are kept.';
  end if;
end;
$$;
comment on function private.check_retention_days(integer) is 'Raises 22023 for a retention that would delete everything.';
revoke execute on function private.check_retention_days(integer) from public, anon;
grant execute on function private.check_retention_days(integer) to authenticated, service_role;

create function private.delete_old_retrievals(workspace_id text, retention_days integer, dry_run boolean)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  deleted bigint;
begin
  perform private.require_role(delete_old_retrievals.workspace_id, 'editor');
  perform private.check_retention_days(retention_days);
  if dry_run is not false then
    select pg_catalog.count(*) into deleted
    from public.retrieval_events as e
    where e.workspace_id = delete_old_retrievals.workspace_id
      and e.occurred_at < pg_catalog.now() - pg_catalog.make_interval(days => retention_days);
    return deleted;
  end if;
  delete from public.retrieval_events as e
  where e.workspace_id = delete_old_retrievals.workspace_id
    and e.occurred_at < pg_catalog.now() - pg_catalog.make_interval(days => retention_days);
  get diagnostics deleted = row_count;
  return deleted;
end;
$$;
comment on function private.delete_old_retrievals(text, integer, boolean) is
  'Security definer: there is no direct delete of events.';
revoke execute on function private.delete_old_retrievals(text, integer, boolean) from public, anon;
grant execute on function private.delete_old_retrievals(text, integer, boolean) to authenticated, service_role;

create function public.delete_old_retrievals(workspace_id text, retention_days integer, dry_run boolean default true)
returns bigint
language sql
set search_path = ''
as $$
  select private.delete_old_retrievals(
    delete_old_retrievals.workspace_id, delete_old_retrievals.retention_days, delete_old_retrievals.dry_run
  )
$$;
comment on function public.delete_old_retrievals(text, integer, boolean) is
  'Deletes the retrieval events of a workspace that are older than so many days, for its editors, and returns how many; by '
  'default it only counts them.';
revoke execute on function public.delete_old_retrievals(text, integer, boolean) from public, anon;
grant execute on function public.delete_old_retrievals(text, integer, boolean) to authenticated, service_role;
