import { spawn } from "node:child_process"
import { join } from "node:path"
import { type StaticCheck, staticChecks } from "./static-checks.ts"

export type StaticChecksResult = { passed: number; failed: string[] }

/** Runs every check, one after the other, with a line for each; a check's own output is shown only when it fails. */
export async function runStaticChecks(): Promise<StaticChecksResult> {
  const result: StaticChecksResult = { passed: 0, failed: [] }
  for (const check of staticChecks) {
    const start = performance.now()
    const { isGood, output } = await runCheck(check)
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(5)
    console.log(`${isGood ? "✓" : "✗"} ${check.name.padEnd(28)}${seconds} s`)
    if (isGood) {
      result.passed += 1
    } else {
      console.log(output.trimEnd())
      result.failed.push(check.name)
    }
  }
  return result
}

async function runCheck(check: StaticCheck): Promise<{ isGood: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(check.command, check.arguments, {
      cwd: join(import.meta.dirname, ".."),
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    })
    const chunks: Buffer[] = []
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk))
    child.once("error", (error) => resolve({ isGood: false, output: error.message }))
    child.once("close", (code) =>
      resolve({ isGood: code === 0, output: Buffer.concat(chunks).toString() }),
    )
  })
}
