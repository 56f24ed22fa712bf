import { execFile } from "node:child_process"
import { promisify } from "node:util"

const execute = promisify(execFile)

export type RunCommandOptions = {
  command: string
  arguments: readonly string[]
  directory?: string
  user?: { uid: number; gid: number } | undefined
}

/** Runs a program to its end and returns what it printed; a failure names the command and the last lines of its output. */
export async function runCommand(options: RunCommandOptions): Promise<string> {
  try {
    const { stdout } = await execute(options.command, options.arguments, {
      cwd: options.directory,
      maxBuffer: 64 * 1024 * 1024,
      ...options.user,
    })
    return stdout
  } catch (cause) {
    const line = [options.command, ...options.arguments].join(" ")
    throw new Error(`\`${shorten(line)}\` failed: ${reasonOf(cause)}`, { cause })
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  if ("code" in cause && cause.code === "ENOENT") return "there is no such program here"
  const printed = "stderr" in cause && typeof cause.stderr === "string" ? cause.stderr.trim() : ""
  return printed === "" ? cause.message : printed.split("\n").slice(-3).join(" / ")
}

function shorten(line: string): string {
  return line.length > 120 ? `${line.slice(0, 117)}...` : line
}
