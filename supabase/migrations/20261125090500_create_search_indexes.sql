-- Partial, so that vectors of two models never share a graph; vectors of other models are compared exactly.
create index memory_items_embedding_index
  on public.memory_items using hnsw (content_embedding extensions.vector_cosine_ops)
  where embedding_model = 'all-MiniLM-L6-v2';
create index reasoning_traces_embedding_index
  on public.reasoning_traces using hnsw (task_embedding extensions.vector_cosine_ops)
  where embedding_model = 'all-MiniLM-L6-v2';

create index memory_items_domain_index on public.memory_items (workspace_id, domain_category);
create index memory_items_difficulty_index on public.memory_items (workspace_id, difficulty_level);

create function private.search_document(title text, description text, content text, pattern_tags text[])
returns tsvector
language sql
immutable
parallel safe
set search_path = ''
as $$
  select
    pg_catalog.setweight(pg_catalog.to_tsvector('pg_catalog.english', pg_catalog.left(title, 5000)), 'A')
    || pg_catalog.setweight(
      pg_catalog.to_tsvector(
        'pg_catalog.english',
        pg_catalog.concat_ws(
          ' ',
          pg_catalog.left(description, 20000),
          pg_catalog.left(pg_catalog.array_to_string(pattern_tags, ' '), 5000)
        )
      ),
      'B'
    )
    || pg_catalog.setweight(pg_catalog.to_tsvector('pg_catalog.english', pg_catalog.left(content, 50000)), 'C')
    || pg_catalog.strip(
      pg_catalog.to_tsvector(
        'pg_catalog.simple',
        pg_catalog.concat_ws(
          ' ',
          pg_catalog.left(title, 5000),
          pg_catalog.left(description, 20000),
          pg_catalog.left(pg_catalog.array_to_string(pattern_tags, ' '), 5000),
          pg_catalog.left(content, 50000)
        )
      )
    )
$$;
comment on function private.search_document(text, text, text, text[]) is
  'What keyword search looks at: stems by where they stand, and the unstemmed words for prefixes. Only the beginning of '
  'very long texts, because a tsvector ends at 1 MB. Immutable in spite of array_to_string, which is stable only for '
  'elements whose text form depends on settings.';
revoke execute on function private.search_document(text, text, text, text[]) from public, anon;
grant execute on function private.search_document(text, text, text, text[]) to authenticated, service_role;

alter table public.memory_items
  add column search_document tsvector
  -- A rewrite once is the price of a column that can not fall behind its row.
  -- squawk-ignore adding-field-with-default
  generated always as (private.search_document(title, description, content, pattern_tags)) stored;
comment on column public.memory_items.search_document is 'Made from title, description, tags and content for keyword search.';

create index memory_items_search_document_index on public.memory_items using gin (search_document);

-- Typos are forgiven where the server has pg_trgm, as every Supabase project does.
do $$
begin
  if not exists (select from pg_catalog.pg_available_extensions as a where a.name = 'pg_trgm') then
    return;
  end if;
  if not exists (select from pg_catalog.pg_extension as e where e.extname = 'pg_trgm') then
    create extension pg_trgm with schema extensions;
  end if;
  if pg_catalog.to_regproc('extensions.word_similarity') is not null then
    create index memory_items_title_index on public.memory_items using gin (title extensions.gin_trgm_ops);
  end if;
end;
$$;
