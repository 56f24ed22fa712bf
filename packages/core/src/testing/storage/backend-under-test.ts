import { randomUUID } from "node:crypto"
import { expect } from "vitest"
import { type BackendSettings, createBackend } from "../../storage/create-backend.ts"
import type { NewMemoryItem, NewReasoningTrace } from "../../storage/new-reasoning-trace.ts"
import type { MemoryRecall, StorageBackend, TraceRecall } from "../../storage/storage-backend.ts"
import { aWorkspaceId } from "../sample-rows.ts"
import { createInMemoryDriver } from "./create-in-memory-driver.ts"
import { createHashedWordsEmbedder } from "./hashed-words-embedder.ts"

export type BackendUnderTest = {
  backend: StorageBackend
  /** For a store in which workspaces do not come by themselves. */
  createWorkspace?: (workspaceId: string) => Promise<void>
}

export type OpenBackend = (
  settings: Required<Pick<BackendSettings, "embedder" | "now">>,
) => Promise<BackendUnderTest>

/** What every test of the contract works with. */
export type ContractContext = {
  backend: StorageBackend
  /** The in-memory one, to be told and asked the same. */
  reference: StorageBackend
  /** A workspace of the test's own. */
  workspaceId: string
  anotherWorkspace: () => Promise<string>
}

export type GetContext = () => Promise<ContractContext>

/** The time it is in every test, so that ages are the same everywhere; a store may have a clock of its own. */
export const contractNow = Date.now()

const millisecondsPerDay = 86_400_000

/** Twelve hours off the whole day, so that a store's clock may differ by some. */
export function daysAgo(days: number): string {
  return new Date(contractNow - (days + 0.5) * millisecondsPerDay).toISOString()
}

function createReference(): StorageBackend {
  const embedder = createHashedWordsEmbedder()
  return createBackend({ driver: createInMemoryDriver(), embedder, now: () => contractNow })
}

export async function createContext({
  backend,
  createWorkspace = async () => {},
}: BackendUnderTest): Promise<ContractContext> {
  const anotherWorkspace = async () => {
    const workspaceId = aWorkspaceId()
    await createWorkspace(workspaceId)
    return workspaceId
  }
  const workspaceId = await anotherWorkspace()
  return { backend, reference: createReference(), workspaceId, anotherWorkspace }
}

/** A trace a program might give; `fields` win. */
export function aNewTrace(
  fields: Partial<NewReasoningTrace> & Pick<NewReasoningTrace, "workspaceId">,
): NewReasoningTrace {
  return {
    id: randomUUID(),
    task: "Make the checkout total agree with the cart",
    trajectory: [
      { iteration: 1, action: "generate", thought: "Sum first", output: "Then the tax" },
    ],
    outcome: "success",
    memoryItems: [aNewMemory()],
    createdAt: "2026-11-20T08:15:30.123456Z",
    ...fields,
  }
}

export function aNewMemory(fields: Partial<NewMemoryItem> = {}): NewMemoryItem {
  return {
    id: randomUUID(),
    title: "Round once, at the end",
    description: "Rounding every line makes totals drift from the invoice",
    content: "Keep amounts in minor units and round only the sum shown to the customer.",
    ...fields,
  }
}

/** Adds the same traces to both. */
export async function addEverywhere(
  { backend, reference }: ContractContext,
  traces: readonly NewReasoningTrace[],
): Promise<void> {
  for (const trace of traces) {
    const [own, expected] = [await backend.addTrace(trace), await reference.addTrace(trace)]
    expect(own).toEqual(expected)
  }
}

const tolerance = 1e-6

/** The same items in the same order with the same numbers; rows nearer than 1e-6 may change places. */
export function expectSameRecall(
  found: MemoryRecall | TraceRecall,
  expected: MemoryRecall | TraceRecall,
): void {
  const own = flatten(found)
  const wanted = flatten(expected)
  expect(own.length).toBe(wanted.length)
  expect(own.map(({ id }) => id).toSorted()).toEqual(wanted.map(({ id }) => id).toSorted())
  const byId = new Map(wanted.map((row) => [row.id, row]))
  for (const [at, row] of own.entries()) {
    const same = byId.get(row.id)
    expect(row.content).toEqual(same?.content)
    expectClose(row.numbers, same?.numbers ?? [])
    const inPlace = wanted[at]
    if (inPlace !== undefined && inPlace.id !== row.id) {
      expectClose(row.numbers.slice(0, 1), inPlace.numbers.slice(0, 1))
      expect(Math.abs((row.numbers[0] ?? 0) - (inPlace.numbers[0] ?? 0))).toBeGreaterThan(0)
    }
  }
}

function flatten(recall: MemoryRecall | TraceRecall) {
  if ("traces" in recall) {
    return recall.traces.map(({ trace, similarity }) => ({
      id: trace.id,
      content: trace as unknown,
      numbers: [similarity] as (number | null)[],
    }))
  }
  return recall.memories.map(({ memory, similarity, recency, error, score, fusedScore }) => ({
    id: memory.id,
    content: memory as unknown,
    numbers: [fusedScore ?? score ?? similarity, similarity, recency, error, score, fusedScore],
  }))
}

function expectClose(found: (number | null)[], expected: (number | null)[]): void {
  for (const [at, value] of found.entries()) {
    const wanted = expected[at] ?? null
    if (value === null || wanted === null) expect(value).toBe(wanted)
    else expect(Math.abs(value - wanted)).toBeLessThan(tolerance)
  }
}
