import { type ChildProcess, spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type MigrationReport, migrationReportSchema } from "@reasoningbank/core"

export type CliSettings = {
  /** The command and its arguments. */
  arguments: string[]
  /** Where the user stands. */
  directory: string
  /** All that the command sees of the environment. */
  environment?: Record<string, string>
  /** For root: without the right to write where the mode forbids it. */
  withoutPrivileges?: boolean
}

export type CliResult = {
  exitCode: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export type RunningCli = {
  process: ChildProcess
  /** What it has printed so far. */
  output: { stdout: string; stderr: string }
  /** Waits until standard output matches, or the command ends. */
  printed(pattern: RegExp): Promise<void>
  finished: Promise<CliResult>
}

const repository = join(import.meta.dirname, "../../../..")
const entry = join(repository, "apps/cli/src/main.ts")

/** util-linux; Debian always has it. */
const dropPrivileges = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]

/** Starts the command as pnpm does: in the repository, with the user's directory in INIT_CWD, without a terminal. */
export function startCli(settings: CliSettings): RunningCli {
  const command = [process.execPath, entry, ...settings.arguments]
  const drop = settings.withoutPrivileges && process.getuid?.() === 0 ? dropPrivileges : []
  const [program = "", ...words] = [...drop, ...command]
  const child = spawn(program, words, {
    cwd: repository,
    env: {
      INIT_CWD: settings.directory,
      TMPDIR: tmpdir(),
      NODE_COMPILE_CACHE: join(repository, ".cache/node-compile-cache"),
      ...settings.environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const output = { stdout: "", stderr: "" }
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text
  })
  const finished = new Promise<CliResult>((resolve, reject) => {
    child.once("error", reject)
    child.once("close", (exitCode, signal) => resolve({ exitCode, signal, ...output }))
  })
  const printed = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => pattern.test(output.stdout) && resolve()
      child.stdout.on("data", look)
      child.once("close", () => resolve())
      look()
    })
  return { process: child, output, printed, finished }
}

export function runCli(settings: CliSettings): Promise<CliResult> {
  return startCli(settings).finished
}

export type MigrateResult = CliResult & {
  /** Checked against the published schema; null when none was written. */
  report: MigrationReport | null
}

/** Runs `pnpm migrate` with a report. */
export async function runMigrate({
  arguments: own,
  ...settings
}: CliSettings): Promise<MigrateResult> {
  const path = join(settings.directory, `report-${crypto.randomUUID()}.json`)
  const result = await runCli({ ...settings, arguments: ["migrate", ...own, "--report", path] })
  const report = existsSync(path)
    ? migrationReportSchema.parse(JSON.parse(await readFile(path, "utf8")))
    : null
  return { ...result, report }
}
