import { readdir, readFile } from "node:fs/promises"
import { setTimeout as sleep } from "node:timers/promises"

/** Looks at the command line of every process of the machine until stopped; tells those that hold a secret. */
export function searchCommandLines(secrets: readonly string[]) {
  const found = new Set<string>()
  const seen = new Set<string>()
  let isStopped = false
  const looking = (async () => {
    while (!isStopped) {
      const processes = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
      for (const process of processes) {
        const words = await readFile(`/proc/${process}/cmdline`, "utf8").catch(() => "")
        const line = words.replaceAll("\0", " ")
        seen.add(line)
        if (secrets.some((secret) => line.includes(secret))) found.add(line)
      }
      await sleep(20)
    }
  })()
  return {
    async stop(): Promise<{ found: string[]; seen: string[] }> {
      isStopped = true
      await looking
      return { found: [...found], seen: [...seen] }
    },
  }
}
