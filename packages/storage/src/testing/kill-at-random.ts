import { spawn } from "node:child_process"
import { once } from "node:events"
import process from "node:process"
import { createInterface } from "node:readline"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"

const longestLifeInMs = 120

/** Runs a program that adds traces, kills it at a random moment and returns what was acknowledged to it. */
export async function killProgramAtRandom({
  name,
  settings,
}: {
  name: "chromadb" | "supabase"
  settings: object
}): Promise<string[]> {
  const program = fileURLToPath(new URL("./killed-program.ts", import.meta.url))
  const child = spawn(process.execPath, [program, name, JSON.stringify(settings)], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const lines: string[] = []
  const reader = createInterface(child.stdout).on("line", (line) => lines.push(line))
  await once(reader, "line")
  await wait(Math.random() * longestLifeInMs)
  child.kill("SIGKILL")
  await once(child, "close")
  const [ready, ...acknowledged] = lines
  if (ready !== "ready") throw new Error(`The program said ${ready}.`)
  return acknowledged
}
