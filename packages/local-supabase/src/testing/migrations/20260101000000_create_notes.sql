-- A table under row level security and one without; nobody but their owners may read the second.
create extension if not exists vector with schema extensions;

create table public.notes (
  id bigint generated always as identity primary key,
  owner_id uuid not null references auth.users (id) on delete cascade,
  body text not null check (body <> ''),
  tags text[] not null default '{}',
  embedding extensions.vector(3),
  created_at timestamptz not null default now()
);
alter table public.notes enable row level security;
create policy "Owners read their notes" on public.notes for select to authenticated
  using (owner_id = (select auth.uid()));
create policy "Owners write their notes" on public.notes for insert to authenticated
  with check (owner_id = (select auth.uid()));
revoke all on public.notes from anon, authenticated, service_role;
grant select (id, owner_id, body, tags, embedding, created_at), insert (owner_id, body, tags, embedding)
  on public.notes to authenticated;
grant select, insert, update, delete on public.notes to service_role;

create table public.ledger (id int primary key, amount numeric not null);
insert into public.ledger values (1, 12.50);
grant select, insert on public.ledger to service_role;

-- What a hosted project grants before the first migration, taken back.
revoke usage on schema extensions from anon;
