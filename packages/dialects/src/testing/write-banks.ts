import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { DatabaseSync } from "node:sqlite"

/** A vector that nothing else has: its first float tells which it is. */
export function madeVector(first: number, length: number): number[] {
  return Array.from({ length }, (_, index) => (index === 0 ? first : 0.125))
}

async function writeText(path: string, text: string) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
const lines = (values: unknown[]) =>
  values
    .map((value) => (typeof value === "string" ? `${value}\n` : `${JSON.stringify(value)}\n`))
    .join("")

/** google-research/reasoning-bank: WebArena, scaling and a broken line; vectors of the queries. */
export async function writeGoogleBank(directory: string) {
  await writeText(
    join(directory, "memories_reasoningbank/reddit.jsonl"),
    lines([
      {
        task_id: "27",
        query: "Find the newest post",
        think_list: ["Look at the list", "Sort it"],
        action_list: ["click('a1')", "click('a2')"],
        status: "success",
        memory_items: [
          "Here is what I learned:",
          "```\n# Memory Item 1\n## Title Sort before reading\n## Description Lists are rarely sorted.",
          "## Content\nSort the list first.\nThen read its head.\n```",
          "```\n# Memory Item 2\n## Title: Trust the URL\n## Description The address tells the page.\n## Content Read the address bar to know where you are.\n```",
        ],
        template_id: 33,
      },
      '{"task_id": "28", "query": "cut off',
      {
        task_id: "29",
        query: "Count the comments",
        memory_items: "No headings here, only one sentence of advice.",
        template_id: 34,
      },
    ]),
  )
  await writeText(
    join(directory, "memories_reasoningbank/reddit_embeddings.jsonl"),
    lines([
      { id: "27", text: "Find the newest post", embedding: madeVector(0.5, 3072) },
      { id: "27", text: "Find the newest post", embedding: madeVector(0.75, 3072) },
      { id: "99", text: "Nobody remembers", embedding: madeVector(1, 3072) },
    ]),
  )
}

/** hanw39/ReasoningBank-MCP: two memories of one extraction, one that was archived when they were merged. */
export async function writeHanw39Bank(directory: string) {
  const memory = (id: string, more: object) => ({
    memory_id: id,
    agent_id: "agent-7",
    timestamp: "2025-10-01T08:00:00.123456+00:00",
    success: false,
    title: "Retry with a key",
    description: "Charging twice is worse than failing.",
    content: "Send an idempotency key with every charge.",
    query: "Charge the customer once",
    retrieval_count: 3,
    last_retrieved: "2025-10-02T00:00:00+00:00",
    tags: ["payments"],
    metadata: { extraction_model: "qwen", embedding_model: "text-embedding-v3" },
    ...more,
  })
  const memories = [
    memory("mem_1", {}),
    memory("mem_2", {
      title: "Wait before retrying",
      tags: [],
      is_merged: true,
      merged_from: ["mem_0"],
    }),
    memory("mem_3", { title: undefined, content: undefined, description: undefined }),
  ]
  await writeText(
    join(directory, "data/memories.json"),
    json({ version: "1.0", total_count: 3, memories }),
  )
  const archived = memory("mem_0", { archived: true, merged_into: "mem_2", success: true })
  await writeText(
    join(directory, "data/archived_memories.json"),
    json({ version: "1.0", memories: [archived] }),
  )
  const embeddings = {
    mem_1: {
      query_text: "Charge the customer once",
      vector: madeVector(0.25, 384),
      created_at: "2025",
    },
    mem_2: { query_text: "Charge the customer once", vector: "not a vector", created_at: "2025" },
  }
  await writeText(join(directory, "data/embeddings.json"), json({ version: "1.0", embeddings }))
}

/** budprat/ReasoningBank: an entry whose second item is no item; vectors by their text. */
export async function writeBudpratBank(directory: string) {
  const item = {
    title: "Read the spec",
    description: "It settles most questions.",
    content: "Open the specification before you guess.",
  }
  const entry = {
    id: "6e1f6f0a-52ad-4f6c-8e6a-3b5a3f7c1b11",
    task_query: "Fix the parser",
    trajectory: "<think>Look</think>\n<action>grep</action>",
    success: true,
    memory_items: [
      { ...item, source_task_id: null, success_signal: true, extraction_timestamp: 1759305600.5 },
      "not an item",
    ],
    timestamp: 1759305600.25,
    final_state: "green",
    model_output: "done",
    steps_taken: 4,
  }
  await writeText(
    join(directory, "data/memory_bank.json"),
    `[\n  ${JSON.stringify(entry)},\n  {"id": "cut`,
  )
  const text = `${item.title}\n${item.description}\n${item.content}`
  await writeText(
    join(directory, "data/embeddings.json"),
    json({ "Fix the parser": madeVector(0.5, 768), [text]: madeVector(0.25, 1536) }),
  )
}

/** reasoning-bank-slm: items without ids, one of them twice. */
export async function writeSlmBank(directory: string) {
  const item = {
    title: "**Carry the one**",
    description: "Column sums need it.",
    content: "Write the carried digit above the next column.",
    source_problem_id: "gsm8k-12",
    success: true,
    created_at: "2025-10-03T10:00:00",
    embedding: madeVector(0.5, 384),
  }
  const other = { ...item, title: "Check the units", embedding: null, success: true }
  await writeText(join(directory, "memory_bank/reasoning_bank.json"), json([item, other, item]))
}

/** Gzmomo001/reasoning-bank-sdk as JSONL: two items in one record. */
export async function writeGzmomo001Bank(directory: string) {
  const record = {
    id: "0f3a5b9c1d2e4f60718293a4b5c6d7e8",
    query: "Book a flight",
    status: "fail",
    domain: "web",
    memory_items: [
      "## Title Dates first\n## Description Forms reset.\n## Content Fill the dates before the cities.",
      "## Title Check the year\n## Description Calendars wrap.\n## Content Look at the year of the calendar.",
    ],
    created_at: "2025-11-01T09:30:00+00:00",
  }
  await writeText(join(directory, "memories.jsonl"), lines([record]))
  await writeText(
    join(directory, "embeddings.jsonl"),
    lines([{ id: record.id, embedding: madeVector(0.5, 3072) }]),
  )
}

/** LA3D/rlm: a judged trajectory that used a memory, that memory, and one that a person wrote. */
export async function writeLa3dBank(file: string) {
  await mkdir(dirname(file), { recursive: true })
  const database = new DatabaseSync(file)
  database.exec(`
    create table runs (run_id text primary key, created_at text not null, model text, ontology_name text,
      ontology_path text, notes text);
    create table trajectories (trajectory_id text primary key, run_id text not null, task_query text not null,
      final_answer text, iteration_count integer not null, converged integer not null, artifact_json text not null,
      rlm_log_path text, created_at text not null);
    create table judgments (trajectory_id text primary key, is_success integer not null, reason text not null,
      confidence text not null, missing_json text not null);
    create table memory_items (memory_id text primary key, title text not null, description text not null,
      content text not null, source_type text not null, task_query text, created_at text not null,
      tags_json text not null, scope_json text not null, provenance_json text not null,
      access_count integer not null default 0, success_count integer not null default 0,
      failure_count integer not null default 0);
    create table memory_usage (trajectory_id text not null, memory_id text not null, rank integer not null, score real,
      primary key (trajectory_id, memory_id));
    insert into runs values ('run-1', '2025-12-01 10:00:00', 'sonnet', 'prov', null, null);
    insert into trajectories values ('run-1-t1', 'run-1', 'What is an activity?', 'A prov:Activity', 5, 1,
      '{"steps": [{"code": "describe()"}]}', null, '2025-12-01 10:01:00');
    insert into judgments values ('run-1-t1', 0, 'no evidence', 'high', '["a label"]');
    insert into memory_items values
      ('00112233445566aa', 'Describe first', 'Look before you query.', 'Describe the class before any query.', 'failure',
        'What is an activity?', '2025-12-01T10:02:00+00:00', '["sparql"]', '{"transferable": true}',
        '{"trajectory_id": "run-1-t1", "run_id": "run-1"}', 7, 2, 1),
      ('ffeeddccbbaa9988', 'Limit results', 'Big answers drown you.', 'Put a limit on every query you write.', 'human',
        null, '2025-12-01T10:03:00+00:00', '[]', '{}', '{}', 0, 0, 0);
    insert into memory_usage values ('run-1-t1', 'ffeeddccbbaa9988', 1, 0.5);
  `)
  database.close()
}

/** agentic-flow: a trajectory and its pattern, one pattern that is no JSON; in write-ahead mode, as the program leaves it. */
export async function writeAgenticFlowBank(file: string) {
  await mkdir(dirname(file), { recursive: true })
  const database = new DatabaseSync(file)
  database.exec(`
    pragma journal_mode = wal;
    create table patterns (id text primary key, type text not null, pattern_data text not null,
      confidence real not null default 0.5, usage_count integer not null default 0, created_at text not null,
      last_used text);
    create table pattern_embeddings (id text primary key, model text not null, dims integer not null,
      vector blob not null, created_at text not null);
    create table pattern_links (src_id text not null, dst_id text not null, relation text not null,
      weight real not null default 1.0, created_at text not null, primary key (src_id, dst_id, relation));
    create table task_trajectories (task_id text primary key, agent_id text not null, query text not null,
      trajectory_json text not null, started_at text, ended_at text, judge_label text, judge_conf real,
      judge_reasons text, matts_run_id text, created_at text not null);
    create table memory_entries (key text, value text);
    insert into task_trajectories values ('task-1', 'coder', 'Fix the login', '{"steps": [{"action": "read"}]}', null, null,
      'Failure', 0.9, '["no test"]', null, '2025-10-10 12:00:00');
  `)
  const insert = database.prepare(
    "insert into patterns values (?, 'reasoning_memory', ?, ?, ?, ?, null)",
  )
  const data = {
    title: "Token before form",
    description: "Logins fail without it.",
    content: "Fetch the CSRF token before the form is sent.",
    source: { task_id: "task-1", agent_id: "coder", outcome: "Failure", evidence: [] },
    tags: ["login"],
    domain: "web.auth",
    created_at: "2025-10-10T12:00:01.000Z",
    confidence: 0.6,
    n_uses: 0,
  }
  insert.run("01K7ZZZZZZZZZZZZZZZZZZZZZZ", JSON.stringify(data), 0.75, 3, "2025-10-10 12:00:01")
  insert.run("01K7YYYYYYYYYYYYYYYYYYYYYY", "{no json", 0.5, 0, "2025-10-10 12:00:02")
  const vector = new Uint8Array(Float32Array.from(madeVector(0.5, 384)).buffer)
  database
    .prepare("insert into pattern_embeddings values (?, ?, ?, ?, ?)")
    .run("01K7ZZZZZZZZZZZZZZZZZZZZZZ", "distill-failure", 384, vector, "2025-10-10 12:00:01")
  database
    .prepare("insert into pattern_links values (?, ?, 'contradicts', 0.5, ?)")
    .run("01K7ZZZZZZZZZZZZZZZZZZZZZZ", "01K7YYYYYYYYYYYYYYYYYYYYYY", "2025-10-10 12:00:03")
  database.close()
}
