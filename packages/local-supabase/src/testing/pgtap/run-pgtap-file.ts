import { Parser, type Result } from "tap-parser"
import type { PgtapFile } from "./pgtap-files.ts"
import type { PgtapSession } from "./pgtap-session.ts"

export type PgtapAssertion = { name: string; isOk: boolean; diagnostics: string }

export type PgtapReport = {
  file: string
  assertions: PgtapAssertion[]
  /** What is wrong with the file as a whole: an error that ended it, a plan that was not kept. */
  problems: string[]
}

export type RunPgtapFileOptions = {
  session: PgtapSession
  file: PgtapFile
  /** SQL that runs inside of the file's transaction, before its first assertion; its errors are raised. */
  prelude?: string
  /** Whether the first failure is enough. @default false */
  stopsAtFailure?: boolean
}

/** Runs one file as `psql -v ON_ERROR_STOP=1` does, and reads what it prints as TAP. */
export async function runPgtapFile(options: RunPgtapFileOptions): Promise<PgtapReport> {
  const { session, file } = options
  const lines: string[] = []
  const problems: string[] = []
  try {
    for (const statement of file.statements) {
      const printed = await session.run(statement)
      if (options.prelude !== undefined && isBegin(statement)) {
        await runPrelude({ session, prelude: options.prelude })
      }
      lines.push(...printed)
      if (options.stopsAtFailure && printed.some((line) => line.startsWith("not ok"))) break
    }
  } catch (cause) {
    if (cause instanceof PreludeError) throw cause
    problems.push(describeError(cause))
  } finally {
    await session.run("rollback")
    await session.run("discard all")
  }
  const { assertions, tapErrors } = readTap(lines)
  return { file: file.name, assertions, problems: [...problems, ...tapErrors] }
}

class PreludeError extends Error {}

async function runPrelude(options: { session: PgtapSession; prelude: string }): Promise<void> {
  try {
    await options.session.run(options.prelude)
  } catch (cause) {
    throw new PreludeError(`${describeError(cause)}\n${options.prelude}`, { cause })
  }
}

function isBegin(statement: string): boolean {
  return /^(--.*\n|\s)*begin$/.test(statement)
}

function describeError(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const { code, where } = { code: "", where: "", ...cause }
  return [`${code} ${cause.message}`, where].filter((part) => part !== "").join("\n")
}

function readTap(lines: readonly string[]): { assertions: PgtapAssertion[]; tapErrors: string[] } {
  const assertions: PgtapAssertion[] = []
  const tapErrors: string[] = []
  const parser = new Parser((results) => {
    for (const failure of results.failures) {
      if (failure.tapError !== null) tapErrors.push(String(failure.tapError))
    }
  })
  parser.on("assert", (result: Result) => {
    const { name, ok } = result
    assertions.push({ name, isOk: ok && !result.todo && !result.skip, diagnostics: "" })
  })
  parser.on("comment", (comment: string) => {
    const last = assertions.at(-1)
    if (last !== undefined) last.diagnostics += comment
  })
  parser.end(`${lines.join("\n")}\n`)
  return { assertions, tapErrors }
}
