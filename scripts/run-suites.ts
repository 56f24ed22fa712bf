import { relative } from "node:path"
import { startVitest, type TestCase, type TestModule } from "vitest/node"

export type SuitesOptions = {
  /** @default both */
  project?: "unit" | "integration"
  /** Parts of file names; none means all files. */
  filters?: readonly string[]
}

export type SuitesResult = {
  passed: number
  failed: number
  skipped: SkippedTest[]
}

export type SkippedTest = { name: string; reason: string }

/** Runs vitest in this process with its usual output, and counts. */
export async function runSuites(options: SuitesOptions = {}): Promise<SuitesResult> {
  const vitest = await startVitest([...(options.filters ?? [])], {
    run: true,
    watch: false,
    ...(options.project === undefined ? {} : { project: options.project }),
  })
  const modules = vitest.state.getTestModules()
  // Errors outside of any test, and files that could not be loaded, are failures that no test counts.
  let failed = vitest.state.getUnhandledErrors().length
  if (modules.length === 0) failed += 1
  const result: SuitesResult = { passed: 0, failed, skipped: [] }
  for (const module of modules) countModule({ module, result, root: vitest.config.root })
  await vitest.close()
  return result
}

function countModule(options: { module: TestModule; result: SuitesResult; root: string }): void {
  const { module, result, root } = options
  result.failed += module.errors().length
  for (const suite of module.children.allSuites()) result.failed += suite.errors().length
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    if (state === "passed") result.passed += 1
    else if (state === "skipped") result.skipped.push(describeSkipped({ test, root }))
    else result.failed += 1
  }
}

function describeSkipped({ test, root }: { test: TestCase; root: string }): SkippedTest {
  const result = test.result()
  const note = result.state === "skipped" ? result.note : undefined
  return {
    name: `${relative(root, test.module.moduleId)} > ${test.fullName}`,
    reason: note ?? "No reason given.",
  }
}
