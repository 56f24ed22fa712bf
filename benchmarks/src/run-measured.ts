import { spawn } from "node:child_process"
import { readFile } from "node:fs/promises"

const pollIntervalInMs = 100

/** Runs a command to its end; its wall time and the highest resident memory it reached (Linux). */
export async function runMeasured({
  command,
  directory,
  environment,
}: {
  command: string[]
  directory: string
  environment: NodeJS.ProcessEnv
}): Promise<{ milliseconds: number; peakBytes: number | null }> {
  const [program = "", ...words] = command
  const started = performance.now()
  const child = spawn(program, words, {
    cwd: directory,
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
  })
  let errors = ""
  child.stderr.on("data", (chunk) => {
    errors += String(chunk)
  })
  let peakBytes: number | null = null
  const poll = setInterval(async () => {
    peakBytes = (await readPeakBytes(child.pid)) ?? peakBytes
  }, pollIntervalInMs)
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve))
  clearInterval(poll)
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}:\n${errors}`)
  return { milliseconds: performance.now() - started, peakBytes }
}

/** VmHWM of /proc, the high-water mark of resident memory. */
async function readPeakBytes(pid: number | undefined): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8")
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null
  }
}
