import { cp } from "node:fs/promises"
import { join } from "node:path"
import { isReasoningBankError } from "@reasoningbank/core"
import { createMiniLmEmbedder, obtainModel } from "@reasoningbank/embeddings"
import { createSupabaseBackend } from "@reasoningbank/supabase/backend"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { currentRecord } from "./testing/current-bank.ts"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { makeBank } from "./testing/make-bank.ts"
import { query } from "./testing/read-target-rows.ts"
import { runCli, runMigrate, startCli } from "./testing/run-cli.ts"
import { createSeededRandom } from "./testing/seeded-random.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "UTC"
const random = createSeededRandom(22)
const settings = { workspaceIds: ["one", "two"], timezone } as const
const fit = makeBank({ seed: 20, memories: 40, ...settings })
/** Vectors of this one do not fit the searchable column. */
const unfit = makeBank({ seed: 21, memories: 100, ...settings })
const unfitRecord = (memory: (typeof unfit.memories)[number]) => ({
  ...currentRecord({ memory, timezone }),
  vector: memory.vector.slice(0, 100),
})
const unfitMemories = unfit.memories.map((memory) => ({
  ...memory,
  vector: random.unitVector(100),
}))
const itemCount = fit.memories.length + unfit.memories.length
const [firstUnfit] = unfitMemories
if (firstUnfit === undefined) throw new Error("The bank is empty.")
const { id: unfitId, title, description, content } = firstUnfit.item
const laterContent = "Pack a spare tube before a long ride."

let home: EmbeddedHome
let now: string
let later: string

beforeAll(async () => {
  home = await openEmbeddedHome()
  now = join(home.path, "now")
  later = join(home.path, "later")
  await writeChromaBank({
    directory: now,
    collections: [
      { ...fit, updates: [], deletions: [] },
      { name: "unfit", records: unfitMemories.map(unfitRecord) },
    ],
  })
  await cp(now, later, { recursive: true })
  const item = { ...firstUnfit.item, content: laterContent }
  await writeChromaBank({
    directory: later,
    collections: [{ name: "unfit", records: [], updates: [unfitRecord({ ...firstUnfit, item })] }],
  })
})

afterAll(() => home.close())

const cache = process.env.XDG_CACHE_HOME
const ownEnvironment = cache === undefined ? {} : { XDG_CACHE_HOME: cache }

const migrate = (directory: string, environment: Record<string, string> = {}) =>
  runMigrate({
    arguments: ["--chromadb-dir", directory, "--source-timezone", timezone, "--no-backup"],
    directory: home.path,
    environment,
  })

async function embed(words: string[] = [], environment: Record<string, string> = {}) {
  const run = await runCli({
    arguments: ["migrate", "embed", "--json", ...words],
    directory: home.path,
    environment: { ...ownEnvironment, ...environment },
  })
  const events = run.stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
  return { ...run, report: events.findLast(({ event }) => event === "report")?.report }
}

const countSql = `select
  (select count(*) from public.reasoning_traces where task_embedding is null)
  + (select count(*) from public.memory_items where content_embedding is null or embedding_is_stale) as without,
  (select count(*) from public.reasoning_traces) as traces`

async function countRows() {
  const [row] = await query(home.local.sql, countSql)
  return { without: Number(row?.without), traces: Number(row?.traces) }
}

const everythingUnchanged = (traces: number) => ({
  exitCode: 0,
  report: {
    status: "verified",
    counts: {
      traces: { written: 0, unchanged: traces, conflicts: 0 },
      memory_items: { written: 0, unchanged: itemCount, conflicts: 0 },
    },
    verification: {
      traces_compared: traces,
      memory_items_compared: itemCount,
      vectors_compared: itemCount,
      differences: [],
    },
  },
})

beforeEach(async (context) => {
  try {
    await obtainModel({ hubEndpoint: null })
  } catch (error) {
    if (process.env.CI === "true" || !isReasoningBankError(error)) throw error
    return context.skip(`did not run: ${error.message} ${error.hint}`)
  }
  await home.reset()
  const run = await migrate(now)
  expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  const { without } = await countRows()
  expect(run.stdout).toContain(
    `${without} rows of the target have no vector of their text by all-MiniLM-L6-v2: pnpm migrate embed`,
  )
})

/** The memory item of a text's nearest neighbour, and how near it is. */
async function findNearest(text: string) {
  await using embedder = createMiniLmEmbedder({ hubEndpoint: null })
  const { url: supabaseUrl, secretKey: supabaseKey } = home.local
  const backend = createSupabaseBackend({ supabaseUrl, supabaseKey, embedder })
  const workspaceId = firstUnfit?.workspaceId ?? ""
  const { memories } = await backend.querySimilarMemories({ workspaceId, text, k: 1 })
  await backend.close()
  return { id: memories[0]?.memory.id, similarity: memories[0]?.similarity ?? 0 }
}

test("rows get their vectors and are found by them; the next migration finds all as it was", async () => {
  const before = await countRows()
  expect(before.without).toBe(before.traces + unfit.memories.length)
  const dry = await embed(["--dry-run"])
  expect(dry).toMatchObject({ exitCode: 0, report: { status: "dry_run" } })
  expect(await countRows()).toEqual(before)

  const run = await embed()
  const embedded = { trace: before.traces, memory_item: unfit.memories.length }
  expect(run).toMatchObject({ exitCode: 0, report: { status: "done", embedded } })
  expect((await countRows()).without).toBe(0)
  const found = await findNearest(`${title}\n${description}\n${content}`)
  expect(found.id).toBe(unfitId)
  expect(found.similarity).toBeGreaterThan(0.9999)

  const again = await migrate(now)
  expect(again).toMatchObject(everythingUnchanged(before.traces))
  expect(again.stdout).not.toContain("pnpm migrate embed")
})

test("a text that changes in the source loses its vector, and gets a new one", async () => {
  const { traces } = await countRows()
  await embed()
  const changed = await migrate(later)
  expect(changed).toMatchObject({
    exitCode: 0,
    report: { status: "verified", counts: { memory_items: { written: 1, conflicts: 0 } } },
  })
  expect(changed.stdout).toContain("1 row of the target has no vector")
  expect((await embed()).report.embedded).toEqual({ trace: 0, memory_item: 1 })
  const found = await findNearest(`${title}\n${description}\n${laterContent}`)
  expect(found.id).toBe(unfitId)
  expect(found.similarity).toBeGreaterThan(0.9999)
  expect(await migrate(later)).toMatchObject(everythingUnchanged(traces))
})

test("an edit of an embedded row stays one, embedded again or not, until it is taken back", async () => {
  const { traces } = await countRows()
  await embed()
  const edit = (text: string) =>
    query(home.local.sql, "update public.memory_items set title = $1 where id = $2::text::uuid", [
      text,
      unfitId,
    ])
  await edit("Edited by hand")
  expect((await embed()).report.embedded).toEqual({ trace: 0, memory_item: 1 })
  const edited = { code: "edited_in_target", count: 1, examples: [unfitId] }
  expect((await migrate(now)).report?.warnings).toContainEqual(edited)
  await edit(title)
  expect((await embed()).report.embedded).toEqual({ trace: 0, memory_item: 1 })
  expect(await migrate(now)).toMatchObject(everythingUnchanged(traces))
})

test("without a model it says what to do, and changes nothing", async () => {
  const before = await countRows()
  const run = await embed([], {
    HF_ENDPOINT: "http://127.0.0.1:9",
    PATH: home.path,
    XDG_CACHE_HOME: home.path,
  })
  expect(run.exitCode).toBe(1)
  expect(run.stderr).toContain("REASONING_BANK_MODEL_DIRECTORY")
  expect(run.stderr).not.toContain("Unexpected fault")
  expect(await countRows()).toEqual(before)
})

test("kill -9 at any moment: the next run embeds what is left, and nothing twice", async () => {
  const versionsSql = `
    select id, xmin::text as version from public.reasoning_traces where task_embedding is not null
    union all select id, xmin::text from public.memory_items where content_embedding is not null`
  for (let kill = 0; kill < 2; kill++) {
    const running = startCli({
      arguments: ["migrate", "embed", "--json"],
      directory: home.path,
      environment: ownEnvironment,
    })
    await running.printed(/"phase":"embed"/)
    running.process.kill("SIGKILL")
    await running.finished
  }
  const done = await query(home.local.sql, versionsSql)
  const { without: left, traces } = await countRows()
  expect(done.length + left).toBe(traces + itemCount)
  expect(done.length).toBeGreaterThan(fit.memories.length)

  const rest = await embed()
  expect(rest).toMatchObject({ exitCode: 0, report: { status: "done" } })
  expect(rest.report.embedded.trace + rest.report.embedded.memory_item).toBe(left)
  const versions = new Map(
    (await query(home.local.sql, versionsSql)).map(({ id, version }) => [id, version]),
  )
  for (const { id, version } of done) expect(versions.get(id ?? null)).toBe(version)
  expect(await migrate(now)).toMatchObject(everythingUnchanged(traces))
})

test("over the API, one workspace at a time", async () => {
  const { local } = home
  const api = { SUPABASE_URL: local.url, SUPABASE_KEY: local.secretKey }
  const { without, traces } = await countRows()
  const one = await embed(["--workspace", "one"], api)
  expect(one).toMatchObject({ exitCode: 0, report: { status: "done" } })
  expect(
    one.report.workspaces.map((found: { workspace_id: string }) => found.workspace_id),
  ).toEqual(["one"])
  const { trace, memory_item } = one.report.embedded
  expect((await countRows()).without).toBe(without - trace - memory_item)
  expect(await embed([], api)).toMatchObject({ exitCode: 0, report: { status: "done" } })
  expect(await countRows()).toEqual({ without: 0, traces })
  expect(await migrate(now, api)).toMatchObject(everythingUnchanged(traces))
  expect(await embed(["--workspace", "nowhere"], api)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('There is no workspace "nowhere"'),
  })
})

test("vectors of another model are refused, or made anew with --convert", async () => {
  const { url: supabaseUrl, secretKey: supabaseKey } = home.local
  const theirs = Float32Array.from({ length: 384 }, (_, at) => (at === 0 ? 1 : 0))
  const backend = createSupabaseBackend({ supabaseUrl, supabaseKey })
  const given = { vector: theirs, model: "their-model" }
  await backend.addTrace({
    workspaceId: "theirs",
    task: "Mend the bicycle before the tour",
    embedding: given,
    trajectory: [{ iteration: 1, action: "generate" }],
    outcome: "success",
    memoryItems: [
      {
        title: "Carry a spare tube",
        description: "Flat tyres come at the worst time",
        content: "Put a spare tube and levers into the saddle bag.",
        embedding: given,
      },
    ],
  })
  await backend.close()
  const refused = await embed()
  expect(refused).toMatchObject({ exitCode: 8, report: undefined })
  expect(refused.stderr).toContain("in theirs of their-model")
  expect(refused.stderr).toContain("--convert")
  expect(await embed(["--workspace", "one"])).toMatchObject({ exitCode: 0 })

  const converted = await embed(["--convert"])
  expect(converted).toMatchObject({ exitCode: 0, report: { status: "done" } })
  const models = await query(
    home.local.sql,
    `select embedding_model from public.memory_items union select embedding_model from public.reasoning_traces`,
  )
  expect(models).toEqual([{ embedding_model: "all-MiniLM-L6-v2" }])
  expect(await embed()).toMatchObject({
    exitCode: 0,
    report: { embedded: { trace: 0, memory_item: 0 } },
  })
})
