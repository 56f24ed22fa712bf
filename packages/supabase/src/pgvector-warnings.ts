/** What each release repaired (https://github.com/pgvector/pgvector/blob/master/CHANGELOG.md). */
const fixes = [
  { version: "0.8.2", fix: "a buffer overflow in parallel HNSW index builds" },
  { version: "0.8.3", fix: "possible index corruption when an HNSW index is vacuumed" },
  { version: "0.8.4", fix: "insert errors while an HNSW index is vacuumed" },
]

/** One sentence for each repair that this version of pgvector lacks; empty when it lacks none. */
export function pgvectorWarnings(version: string): string[] {
  return fixes
    .filter((fix) => isOlderPgvector({ version, than: fix.version }))
    .map((fix) => `pgvector ${version} lacks the fix of ${fix.version}: ${fix.fix}.`)
}

export function isOlderPgvector({ version, than }: { version: string; than: string }): boolean {
  const wanted = than.split(".").map(Number)
  const found = version.split(".").map((part) => Number.parseInt(part, 10))
  for (const [index, part] of wanted.entries()) {
    const difference = (found[index] ?? 0) - part
    if (difference !== 0) return difference < 0
  }
  return false
}
