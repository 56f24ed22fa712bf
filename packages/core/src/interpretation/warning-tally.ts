const maximumExamples = 5

export type Warning = { code: string; count: number; examples: string[] }

/** Counts what had to be accepted, by code, with a few examples each. */
export function createWarningTally() {
  const warnings = new Map<string, Warning>()
  return {
    add({ code, example }: { code: string; example: string }) {
      const warning = warnings.get(code) ?? { code, count: 0, examples: [] }
      warning.count++
      if (warning.examples.length < maximumExamples) warning.examples.push(example)
      warnings.set(code, warning)
    },
    addAll: (warning: Warning) => warnings.set(warning.code, warning),
    list: (): Warning[] => [...warnings.values()].sort((a, b) => a.code.localeCompare(b.code)),
  }
}

export type WarningTally = ReturnType<typeof createWarningTally>
