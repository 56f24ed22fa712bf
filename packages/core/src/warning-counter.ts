import type { SourceWarning } from "./memory-source.ts"

const mostExamples = 5

export type WarningCounter = {
  /**
   * Counts a record (`example`) or, without one, the collection: once, however often the source is
   * read. The first message of a code and collection is the one that is kept.
   */
  count(warning: { code: string; message: string; collection?: string; example?: string }): void
  warnings(): SourceWarning[]
}

/** Counts what a reader of a source had to accept, once a record. */
export function createWarningCounter(): WarningCounter {
  const warnings = new Map<string, { warning: Omit<SourceWarning, "count">; seen: Set<string> }>()
  return {
    count({ code, message, collection, example }) {
      const key = JSON.stringify([code, collection])
      const { warning, seen } = warnings.get(key) ?? {
        warning: { code, message, examples: [], ...(collection !== undefined && { collection }) },
        seen: new Set(),
      }
      warnings.set(key, { warning, seen })
      if (seen.has(example ?? "")) return
      seen.add(example ?? "")
      if (example !== undefined && warning.examples.length < mostExamples) {
        warning.examples.push(example)
      }
    },
    warnings: () =>
      [...warnings.values()].map(({ warning, seen }) => ({
        ...warning,
        count: seen.size,
        examples: [...warning.examples],
      })),
  }
}
