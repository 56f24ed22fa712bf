import type { Relative } from "../../../data/genealogy.ts"

export const nodeSize = { width: 216, height: 56 }
const gap = { x: 48, y: 12 }

export type PlacedRelative = { relative: Relative; key: string; x: number; y: number }

export type LineageLayout = {
  nodes: PlacedRelative[]
  edges: { key: string; path: string }[]
  width: number
  height: number
}

/** Places relatives in columns by generation, ancestors to the left; each is near the one it is linked to. */
export function layOutLineage(relatives: readonly Relative[]): LineageLayout {
  const columnOf = ({ direction, depth }: Relative) => (direction === "ancestor" ? -depth : depth)
  const columns = Map.groupBy(relatives, columnOf)
  const numbers = [...columns.keys()].sort((one, other) => one - other)
  const tallest = Math.max(...[...columns.values()].map(({ length }) => length))
  const height = tallest * (nodeSize.height + gap.y) - gap.y
  const rank = new Map<string, number>()
  for (const number of numbers.toSorted((one, other) => Math.abs(one) - Math.abs(other))) {
    const sorted = (columns.get(number) ?? []).toSorted(
      (one, other) => (rank.get(one.linked_id ?? "") ?? 0) - (rank.get(other.linked_id ?? "") ?? 0),
    )
    columns.set(number, sorted)
    for (const [place, { id }] of sorted.entries()) rank.set(id, place)
  }
  const nodes = numbers.flatMap((number, column) => {
    const members = columns.get(number) ?? []
    const top = (height - members.length * (nodeSize.height + gap.y) + gap.y) / 2
    return members.map((relative, place) => ({
      relative,
      key: `${relative.direction}:${relative.kind}:${relative.workspace_id}:${relative.id}`,
      x: column * (nodeSize.width + gap.x),
      y: top + place * (nodeSize.height + gap.y),
    }))
  })
  return {
    nodes,
    edges: nodes.flatMap((node) => edgeTo({ node, nodes })),
    width: numbers.length * (nodeSize.width + gap.x) - gap.x,
    height,
  }
}

function edgeTo({ node, nodes }: { node: PlacedRelative; nodes: PlacedRelative[] }) {
  const { direction, depth, linked_id } = node.relative
  if (direction === "self") return []
  const near = nodes.find(
    ({ relative }) =>
      relative.id === linked_id &&
      relative.depth === depth - 1 &&
      (relative.direction === direction || relative.direction === "self"),
  )
  if (near === undefined) return []
  const [left, right] = direction === "ancestor" ? [node, near] : [near, node]
  const middle = nodeSize.height / 2
  const from = { x: left.x + nodeSize.width, y: left.y + middle }
  const to = { x: right.x, y: right.y + middle }
  const bend = (to.x - from.x) / 2
  return [
    {
      key: node.key,
      path: `M${from.x} ${from.y} C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`,
    },
  ]
}
