import type { MapPoints } from "../../../../data/memory-map.ts"

export const colourings = ["domain", "outcome", "stage"] as const

export type Colouring = (typeof colourings)[number]

export const colouringLabels: Record<Colouring, string> = {
  domain: "Domain",
  outcome: "Outcome",
  stage: "Generation",
}

export type PointGroup = {
  label: string
  count: number
  /** A token of design-tokens.css. */
  colour: string
  /** 0 circle, 1 square, 2 triangle, 3 diamond: no group is told by its colour alone. */
  shape: number
}

export type GroupedPoints = { groups: PointGroup[]; of: Uint8Array }

const mostGroups = 8

/** Puts every point in a group: the most frequent values, and one for all others. */
export function groupPoints({ points, by }: { points: MapPoints; by: Colouring }): GroupedPoints {
  if (by === "outcome") return groupByOutcome(points.outcomes)
  const labels =
    by === "domain"
      ? points.domains.map((domain) => domain ?? "No domain")
      : points.stages.map((stage) => `Generation ${stage}`)
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const byCount = [...counts].sort(([, one], [, other]) => other - one)
  const shown =
    byCount.length > mostGroups + 1
      ? byCount.slice(0, mostGroups)
      : byCount.slice(0, mostGroups + 1)
  if (by === "stage")
    shown.sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true }))
  const places = new Map(shown.map(([label], place) => [label, place]))
  const groups = shown.map(([label, count], place) => ({
    label,
    count,
    colour: place < mostGroups ? `map-${place + 1}` : "map-other",
    shape: place % 4,
  }))
  const rest = labels.length - groups.reduce((sum, { count }) => sum + count, 0)
  if (rest > 0) {
    const others = byCount.length - shown.length
    groups.push({ label: `${others} others`, count: rest, colour: "map-other", shape: 0 })
  }
  return { groups, of: Uint8Array.from(labels, (label) => places.get(label) ?? shown.length) }
}

const outcomes = [
  { value: "success", label: "Success", colour: "chart-success", shape: 0 },
  { value: "partial", label: "Partial", colour: "chart-partial", shape: 3 },
  { value: "failure", label: "Failure", colour: "chart-failure", shape: 2 },
]

function groupByOutcome(values: readonly (string | null)[]): GroupedPoints {
  const place = (value: string | null) => {
    const found = outcomes.findIndex((outcome) => outcome.value === value)
    return found < 0 ? outcomes.length : found
  }
  const of = Uint8Array.from(values, place)
  const groups = [...outcomes, { label: "Not judged", colour: "map-other", shape: 1 }]
  return {
    groups: groups.map(({ label, colour, shape }, group) => ({
      label,
      colour,
      shape,
      count: of.reduce((sum, one) => sum + (one === group ? 1 : 0), 0),
    })),
    of,
  }
}
