import { execFile } from "node:child_process"
import { join } from "node:path"
import process from "node:process"
import { promisify } from "node:util"

const binaries = join(import.meta.dirname, "../node_modules/.bin")

/** Runs a program of the repository's own and returns what it printed; its failure holds that too. */
export async function runProgram({
  program,
  given,
  directory = process.cwd(),
}: {
  program: string
  given: readonly string[]
  directory?: string
}): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(join(binaries, program), given, { cwd: directory })
    return stdout
  } catch (cause) {
    const output = cause instanceof Error && "stdout" in cause ? String(cause.stdout) : ""
    throw new Error(`${program} ${given.join(" ")}\n${output}`, { cause })
  }
}
