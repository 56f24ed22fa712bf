import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { type VerificationReport, verificationReportSchema } from "@reasoningbank/core"
import { type CliResult, type CliSettings, runCli } from "./run-cli.ts"

export type VerifyResult = CliResult & {
  /** Checked against the published schema; null when none was written. */
  report: VerificationReport | null
}

/** Runs `pnpm migrate verify` with a report. */
export async function runVerify({
  arguments: own,
  ...settings
}: CliSettings): Promise<VerifyResult> {
  const path = join(settings.directory, `verification-${crypto.randomUUID()}.json`)
  const words = ["migrate", "verify", ...own, "--report", path]
  const result = await runCli({ ...settings, arguments: words })
  const report = existsSync(path)
    ? verificationReportSchema.parse(JSON.parse(await readFile(path, "utf8")))
    : null
  return { ...result, report }
}
