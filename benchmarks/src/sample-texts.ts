import { readFile } from "node:fs/promises"

type Trace = {
  task: string
  memory_items?: { title: string; description: string; content: string }[]
}

/** What is embedded of the sample bank: its tasks, searched for, and its memory items, searched in. */
export async function readSampleTexts(): Promise<{ tasks: string[]; items: string[] }> {
  const tasks: string[] = []
  const items: string[] = []
  for (const name of ["northwind-shop", "harbor-pipeline", "emberforge-engine"]) {
    const url = new URL(`../../apps/cli/sample-bank/${name}.json`, import.meta.url)
    const workspace: { legacy_traces?: Trace[]; traces: Trace[] } = JSON.parse(
      await readFile(url, "utf8"),
    )
    for (const { task, memory_items = [] } of [
      ...(workspace.legacy_traces ?? []),
      ...workspace.traces,
    ]) {
      tasks.push(task)
      for (const { title, description, content } of memory_items) {
        items.push(`${title}\n${description}\n${content}`)
      }
    }
  }
  return { tasks: [...new Set(tasks)], items: [...new Set(items)] }
}
