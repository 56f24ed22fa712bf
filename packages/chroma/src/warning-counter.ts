import type { SourceWarning } from "@reasoningbank/core"

const mostExamples = 5

export type WarningCounter = {
  /** Counts one occurrence; the first message of a code and collection is the one that is kept. */
  count(warning: { code: string; message: string; collection?: string; example?: string }): void
  warnings(): SourceWarning[]
}

export function createWarningCounter(): WarningCounter {
  const warnings = new Map<string, SourceWarning>()
  return {
    count({ code, message, collection, example }) {
      const key = JSON.stringify([code, collection])
      let warning = warnings.get(key)
      if (warning === undefined) {
        warning = { code, message, count: 0, examples: [] }
        if (collection !== undefined) warning.collection = collection
        warnings.set(key, warning)
      }
      warning.count++
      if (example !== undefined && warning.examples.length < mostExamples) {
        warning.examples.push(example)
      }
    },
    warnings: () =>
      [...warnings.values()].map((warning) => ({ ...warning, examples: [...warning.examples] })),
  }
}
