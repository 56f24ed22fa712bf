import type { LineageLink } from "../lineage-link.ts"

const maximumExamples = 5

/** Finds the links of a source whose far end the source does not have. Feed it every row once. */
export function createDanglingLinks() {
  const present = new Set<string>()
  const pending = new Map<string, { count: number; example: string }>()

  return {
    add(row: { id: string; links: LineageLink[] }) {
      present.add(row.id)
      pending.delete(row.id)
      for (const { targetId, sourceReference } of row.links) {
        if (present.has(targetId)) continue
        const known = pending.get(targetId)
        if (known === undefined) {
          pending.set(targetId, { count: 1, example: sourceReference ?? targetId })
        } else known.count++
      }
    },
    summary(): { count: number; examples: string[] } {
      const links = [...pending.values()]
      return {
        count: links.reduce((sum, { count }) => sum + count, 0),
        examples: links.slice(0, maximumExamples).map(({ example }) => example),
      }
    },
  }
}
