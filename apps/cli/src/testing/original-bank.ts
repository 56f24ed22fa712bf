import { createSeededRandom } from "./seeded-random.ts"

/** A row of the original ReasoningBank's Supabase schema, JSON columns as the text that its adapter sent. */
export type OriginalTrace = {
  id: string
  task: string
  vector: number[] | null
  trajectory: string
  outcome: string
  metadata: string | null
  parent: string | null
  workspace: string | null
  time: string
}

export type OriginalItem = {
  id: string
  traceId: string
  title: string
  vector: number[] | null
  errorContext: string | null
  tags: string[] | null
  parent: string | null
  workspace: string | null
}

/** Tables, indexes, functions and policies like those that program has its users paste into the SQL editor. */
export const originalSchemaSql = `
  create extension if not exists vector with schema public;
  create table public.reasoning_traces (
    id uuid primary key, task text not null, task_embedding public.vector(384), trajectory jsonb not null,
    outcome text not null check (outcome in ('success', 'failure', 'partial')), metadata jsonb default '{}',
    parent_trace_id uuid references public.reasoning_traces (id) on delete set null,
    "timestamp" timestamptz not null default now(), num_memories integer default 0, workspace_id text,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now()
  );
  create table public.memory_items (
    id uuid primary key, trace_id uuid not null references public.reasoning_traces (id) on delete cascade,
    title text not null, description text, content text not null, content_embedding public.vector(384),
    error_context jsonb, pattern_tags text[] default '{}',
    difficulty_level text check (difficulty_level in ('simple', 'moderate', 'complex', 'expert')),
    domain_category text, parent_memory_id uuid references public.memory_items (id) on delete set null,
    evolution_stage integer default 0, workspace_id text,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now()
  );
  create index idx_memories_tags on public.memory_items using gin (pattern_tags);
  create index idx_memories_embedding on public.memory_items using hnsw (content_embedding public.vector_cosine_ops);
  create function public.update_updated_at_column() returns trigger language plpgsql as
    'begin new.updated_at = now(); return new; end';
  create trigger update_memories_updated_at before update on public.memory_items
    for each row execute function public.update_updated_at_column();
  create function public.search_similar_traces(query_embedding public.vector(384), match_count integer default 5)
    returns setof uuid language plpgsql as
    'begin return query select t.id from reasoning_traces t order by t.task_embedding <=> query_embedding limit match_count; end';
  create function public.search_similar_memories(
    query_embedding public.vector(384), match_count integer default 5, domain_filter text default null,
    workspace_filter text default null
  ) returns setof uuid language plpgsql as
    'begin return query select m.id from memory_items m order by m.content_embedding <=> query_embedding limit match_count; end';
  create function public.get_reasoning_bank_stats() returns bigint language sql as
    'select count(*) from public.reasoning_traces';
  alter table public.reasoning_traces enable row level security;
  alter table public.memory_items enable row level security;
  create policy "all" on public.reasoning_traces for all to authenticated using (true);
  create policy "all" on public.memory_items for all to authenticated using (true);
`

/** JSON as the adapter wrote it into jsonb: a string that holds JSON. */
const twice = (value: unknown) => JSON.stringify(JSON.stringify(value))

export const steps = [
  { iteration: 1, thought: "Look", action: "think", output: 'ünïcode \\ "quoted"' },
]

/** Double-encoded and plain JSON, rows without a workspace, and an item in another workspace than its trace. */
export function makeOriginalBank(seed: number, count: number) {
  const random = createSeededRandom(seed)
  const traces: OriginalTrace[] = []
  const items: OriginalItem[] = []
  for (let index = 0; index < count; index++) {
    const workspace = index % 3 === 0 ? null : `workspace-${index % 3}`
    const id = random.uuid()
    traces.push({
      id,
      task: `Task ${index}`,
      vector: index % 5 === 0 ? null : [...random.unitVector(384)],
      trajectory: index % 4 === 0 ? JSON.stringify(steps) : twice(steps),
      outcome: index % 2 === 0 ? "success" : "failure",
      metadata: index % 4 === 1 ? null : twice({ score: 0.5, iterations: index }),
      parent: index === 0 ? null : (traces[index - 1]?.id ?? null),
      workspace,
      time: `2025-10-20T10:00:${String(index % 60).padStart(2, "0")}.123456+00:00`,
    })
    items.push({
      id: random.uuid(),
      traceId: id,
      title: `Lesson ${index}`,
      vector: [...random.unitVector(384)],
      errorContext: index % 2 === 0 ? null : twice({ error_type: "TypeError" }),
      tags: index % 2 === 0 ? null : ["a", "b"],
      parent: items[index - 1]?.id ?? null,
      workspace: index === 1 ? "elsewhere" : workspace,
    })
  }
  return { traces, items }
}

export type OriginalBank = ReturnType<typeof makeOriginalBank>

/** Statements that make the database what the original program would have left. */
export function originalBankStatements({ traces, items }: OriginalBank) {
  const vectorText = (vector: number[] | null) => vector && `[${vector.join(",")}]`
  return [
    ...traces.map((trace, index) => ({
      sql: `insert into public.reasoning_traces (id, task, task_embedding, trajectory, outcome, metadata, parent_trace_id,
          "timestamp", num_memories, workspace_id, created_at)
        values ($1::text::uuid, $2, $3::text::public.vector, $4::text::jsonb, $5, $6::text::jsonb, $7::text::uuid,
          $8::text::timestamptz, 1, $9, '2025-10-21T00:00:00Z'::timestamptz + interval '1 second' * ${index})`,
      parameters: [
        trace.id,
        trace.task,
        vectorText(trace.vector),
        trace.trajectory,
        trace.outcome,
        trace.metadata,
        trace.parent,
        trace.time,
        trace.workspace,
      ],
    })),
    ...items.map((item, index) => ({
      sql: `insert into public.memory_items (id, trace_id, title, description, content, content_embedding, error_context,
          pattern_tags, parent_memory_id, workspace_id, created_at)
        values ($1::text::uuid, $2::text::uuid, $3, 'A description.', 'A content that is long enough.',
          $4::text::public.vector, $5::text::jsonb,
          case when $6::text is not null then array(select jsonb_array_elements_text($6::text::jsonb)) end,
          $7::text::uuid, $8, '2025-10-22T00:00:00Z'::timestamptz + interval '1 second' * ${index})`,
      parameters: [
        item.id,
        item.traceId,
        item.title,
        vectorText(item.vector),
        item.errorContext,
        item.tags && JSON.stringify(item.tags),
        item.parent,
        item.workspace,
      ],
    })),
  ]
}
