import type { SearchRow } from "./make-search-rows.ts"

/** A filter as the search function, the naive query and the brute force each need it. */
export type SearchFilter = {
  name: string
  domains?: string[]
  tags?: string[]
  difficulties?: string[]
  excludesErrors?: true
  createdFrom?: Date
}

/** No filter, common and rare values of each facet, values together, and conditions that no count is kept of. */
export function chooseFilters(rows: readonly SearchRow[]): SearchFilter[] {
  const ordinary = rows.filter(({ workspaceId }) => !workspaceId.startsWith("off-topic"))
  const domains = byFrequency(ordinary.map(({ domain }) => domain))
  const tags = byFrequency(ordinary.flatMap((row) => row.tags))
  const together = byFrequency(
    ordinary.flatMap((row) => row.tags.map((tag) => `${row.domain}\t${tag}\t${row.difficulty}`)),
  )
  const [commonDomain, rareDomain] = [domains.slice(0, 1), domains.slice(-1)]
  const [commonTag, rareTag] = [tags.slice(0, 1), tags.slice(-20, -19)]
  const combined = (name: string, key = ""): SearchFilter => {
    const [domain = "", tag = "", difficulty = ""] = key.split("\t")
    return { name, domains: [domain], tags: [tag], difficulties: [difficulty] }
  }
  const times = ordinary.map(({ createdAt }) => createdAt.getTime()).sort((a, b) => a - b)
  return [
    { name: "none" },
    { name: `domain ${commonDomain}`, domains: commonDomain },
    { name: `domain ${rareDomain}`, domains: rareDomain },
    { name: `tag ${commonTag}`, tags: commonTag },
    { name: `tag ${rareTag}`, tags: rareTag },
    { name: "difficulty moderate", difficulties: ["moderate"] },
    { name: "difficulty expert", difficulties: ["expert"] },
    combined("domain, tag, difficulty: common", together[0]),
    combined("domain, tag, difficulty: rare", together[Math.floor(together.length * 0.8)]),
    { name: "learned from no mistake", excludesErrors: true },
    {
      name: "newest twentieth",
      createdFrom: new Date(times[Math.floor(times.length * 0.95)] ?? 0),
    },
  ]
}

export function passesFilter({ row, filter }: { row: SearchRow; filter: SearchFilter }): boolean {
  return (
    (filter.domains?.includes(row.domain) ?? true) &&
    (filter.tags?.some((tag) => row.tags.includes(tag)) ?? true) &&
    (filter.difficulties?.includes(row.difficulty) ?? true) &&
    (filter.excludesErrors === undefined || !row.hasError) &&
    (filter.createdFrom === undefined || row.createdAt >= filter.createdFrom)
  )
}

function byFrequency(values: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value)
}
