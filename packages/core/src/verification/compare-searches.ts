import { interpretSource } from "../interpretation/interpret-source.ts"
import { createInterpretationState, type Interpretation } from "../interpretation/interpretation.ts"
import type { MemoryItem } from "../memory-item.ts"
import { asMigrated } from "../migration/as-migrated.ts"
import type { MigrationTarget, TargetRow } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import type { Neighbour, VerificationTarget } from "../verification-target.ts"
import type { CompactKeySet } from "./compact-key-set.ts"
import { cosineDistance, createExactNeighbours } from "./exact-neighbours.ts"
import type { SampledVector } from "./vector-sample.ts"
import type { SearchParity } from "./verification-report.ts"

/** Both sides compute a distance from the same floats, in another order and width: closer than this is a tie. */
const tie = 1e-5
const highestMatchCount = 1_000

type SearchComparison = {
  interpretation: Interpretation
  target: MigrationTarget
  verificationTarget: VerificationTarget
  keys: CompactKeySet
  samples: SampledVector[]
  neighbours: number
  seed: number
  onProgress: (step: { records: number; rows: number }) => void
}

/**
 * Top-k parity: finds the nearest neighbours of sampled vectors by comparing every vector of the source (a pass of its
 * own), and asks the target for them by exact comparison and by search. Rows that only one side has (the comparison of rows
 * names them), or whose vector was made anew in the target, are left out on both sides.
 */
export async function compareSearches(settings: SearchComparison): Promise<SearchParity> {
  const { interpretation, samples, neighbours, seed, verificationTarget, onProgress } = settings
  // Twice as many: some may be left out.
  const matchCount = Math.min(2 * neighbours, highestMatchCount)
  const source = createExactNeighbours({ samples, count: matchCount })
  const state = createInterpretationState()
  for await (const page of interpretSource({ ...interpretation, state })) {
    interpretation.signal?.throwIfAborted()
    for (const row of page.traces) source.offer("trace", row)
    for (const row of page.memoryItems) source.offer("memory_item", row)
    onProgress({ records: page.recordsRead, rows: 0 })
  }
  const expected = source.list()
  const compared: SearchParity["samples"] = []
  const index = { asked: 0, found: 0 }
  for (const [position, sample] of samples.entries()) {
    interpretation.signal?.throwIfAborted()
    const answers = await verificationTarget.compareNearest({ ...sample, matchCount })
    index.asked += answers.index?.asked ?? 0
    index.found += answers.index?.found ?? 0
    const judge = await createJudge({
      ...settings,
      sample,
      expected: expected[position] ?? [],
      answers: [...answers.exact, ...answers.found],
    })
    const { kind, workspaceId, id } = sample
    compared.push({
      kind,
      workspace_id: workspaceId,
      id,
      expected: judge.expected,
      exact: judge.hits(answers.exact),
      search: judge.hits(answers.found),
    })
  }
  const sum = (name: "expected" | "exact" | "search") =>
    compared.reduce((total, sample) => total + sample[name], 0)
  const shareOf = (part: number) => (sum("expected") === 0 ? 1 : part / sum("expected"))
  return {
    seed,
    neighbours,
    sampled: compared.length,
    equal: compared.filter((sample) => sample.exact === sample.expected).length,
    exact_share: shareOf(sum("exact")),
    search_share: shareOf(sum("search")),
    index_recall: index.asked === 0 ? null : index.found / index.asked,
    samples: compared,
  }
}

async function createJudge({
  sample,
  expected,
  answers,
  target,
  keys,
  neighbours,
}: SearchComparison & { sample: SampledVector; expected: Neighbour[]; answers: Neighbour[] }) {
  const { kind, workspaceId } = sample
  const ids = [...new Set([...expected, ...answers].map(({ id }) => id))]
  const rowKeys = ids.map((id) => ({ workspaceId, id }))
  const rows: TargetRow<ReasoningTrace | MemoryItem>[] =
    kind === "trace" ? await target.readTraces(rowKeys) : await target.readMemoryItems(rowKeys)
  const comparable = new Set(
    rows
      .filter(
        (found) => asMigrated(found) === found.row && keys.has(kind, workspaceId, found.row.id),
      )
      .map(({ row }) => row.id),
  )
  const vectors = new Map(rows.map(({ row }) => [row.id, row.embedding.vector]))
  const distances = new Map(expected.map(({ id, distance }) => [id, distance]))
  const distanceOf = (id: string): number => {
    const vector = vectors.get(id)
    const measured = vector == null ? null : cosineDistance(sample.vector, vector)
    return distances.get(id) ?? measured ?? Number.POSITIVE_INFINITY
  }
  const wanted = expected.filter(({ id }) => comparable.has(id)).slice(0, neighbours)
  const limit = (wanted.at(-1)?.distance ?? 0) + tie
  return {
    expected: wanted.length,
    hits: (answer: Neighbour[]) =>
      answer
        .filter(({ id }) => comparable.has(id))
        .slice(0, wanted.length)
        .filter(({ id }) => distanceOf(id) <= limit).length,
  }
}
