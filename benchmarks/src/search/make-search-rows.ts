import { createMixer } from "./mix-vectors.ts"
import { readSampleItems, type SampleItem } from "./read-sample-items.ts"
import { createSeededRandom } from "./seeded-random.ts"

export type SearchRow = {
  id: string
  traceId: string
  workspaceId: string
  title: string
  description: string
  content: string
  domain: string
  difficulty: string
  tags: string[]
  hasError: boolean
  createdAt: Date
  vector: Float32Array
}

export type SearchData = {
  rows: SearchRow[]
  /** Held-out vectors of the topics that all tenants but the two off-topic ones write about. */
  queries: Float32Array[]
  /** Held-out vectors inside of the off-topic tenants' cluster. */
  foreignQueries: Float32Array[]
}

/** Rows of each workspace; together 50,000. */
export const workspaceSizes = {
  half: 25_000,
  twentieth: 2_500,
  "two-hundredth": 250,
  "off-topic small": 250,
  "off-topic large": 6_000,
  "1000 a": 1_000,
  "1000 b": 1_000,
  "2000": 2_000,
  "4000": 4_000,
  "8000": 8_000,
} as const

const foreignTopicCount = 12
const smallForeignTopicCount = 4
const queryCount = 100
const rowsPerTrace = 3
const start = Date.UTC(2026, 0, 1)
const spanInMs = 300 * 86_400_000

/** Rows as teams would write them: real texts, tags and mixed real vectors; two tenants write of a dozen topics of their own. */
export async function makeSearchRows(): Promise<SearchData> {
  const items = await readSampleItems()
  const random = createSeededRandom(7)
  const { neighboursOf, mix } = createMixer({ items, random })
  const foreign = neighboursOf(0, foreignTopicCount)
  const smallForeign = new Set(foreign.slice(0, smallForeignTopicCount))
  const allForeign = new Set(foreign)
  const common = new Set(items.keys().filter((place) => !allForeign.has(place)))
  const topicsOf = (workspaceId: string) => {
    if (workspaceId === "off-topic small") return smallForeign
    return workspaceId === "off-topic large" ? allForeign : common
  }
  const draw = (topics: ReadonlySet<number>) => {
    const places = [...topics]
    return mix({ place: places[random.index(places.length)] ?? 0, topics })
  }

  const workspaceIds = Object.entries(workspaceSizes).flatMap(([workspaceId, size]) =>
    Array.from({ length: Math.ceil(size / rowsPerTrace) }, (_, trace) => ({
      workspaceId,
      count: Math.min(rowsPerTrace, size - trace * rowsPerTrace),
    })),
  )
  shuffle(workspaceIds, random.index)
  const rows = workspaceIds.flatMap(({ workspaceId, count }) => {
    const traceId = random.uuid()
    const createdAt = new Date(start + random.uniform() * spanInMs)
    const topics = topicsOf(workspaceId)
    const places = [...topics]
    return Array.from({ length: count }, () => {
      const place = places[random.index(places.length)] ?? 0
      const { vector, neighbour } = mix({ place, topics })
      const [item, other] = [items[place], items[neighbour]]
      if (item === undefined || other === undefined) throw new Error("the sample bank is empty")
      const id = random.uuid()
      return {
        id,
        traceId,
        workspaceId,
        createdAt,
        vector,
        ...textsOf({ item, other }),
        hasError: random.uniform() < 0.3,
      }
    })
  })
  return {
    rows,
    queries: Array.from({ length: queryCount }, () => draw(common).vector),
    foreignQueries: Array.from({ length: queryCount }, () => draw(allForeign).vector),
  }
}

function textsOf({ item, other }: { item: SampleItem; other: SampleItem }) {
  return {
    title: item.title,
    description: other.description,
    content: `${item.content} ${other.title}.`,
    domain: item.domain_category,
    difficulty: item.difficulty_level,
    tags: [...new Set([...item.pattern_tags, ...other.pattern_tags.slice(0, 1)])],
  }
}

function shuffle<Value>(values: Value[], index: (limit: number) => number) {
  for (let last = values.length - 1; last > 0; last--) {
    const other = index(last + 1)
    const [a, b] = [values[last], values[other]]
    if (a === undefined || b === undefined) continue
    values[last] = b
    values[other] = a
  }
}
