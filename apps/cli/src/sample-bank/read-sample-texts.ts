import { readFile } from "node:fs/promises"
import {
  type CurrentItem,
  type SampleQuery,
  type SampleWorkspace,
  sampleQueriesSchema,
  sampleWorkspaceSchema,
} from "./sample-workspace.ts"

/** The sample bank's folder, with a slash at its end. */
export const sampleBankFolder = new URL("../../sample-bank/", import.meta.url)

const workspaceFiles = ["northwind-shop.json", "harbor-pipeline.json", "emberforge-engine.json"]

/** The authored files of the sample bank, parsed; without vectors. */
export async function readSampleTexts(): Promise<{
  workspaces: SampleWorkspace[]
  queries: SampleQuery[]
}> {
  const workspaces: SampleWorkspace[] = []
  for (const name of workspaceFiles) workspaces.push(sampleWorkspaceSchema.parse(await parse(name)))
  return { workspaces, queries: sampleQueriesSchema.parse(await parse("queries.json")) }
}

/** A text whose vector is kept in `vectors.f32`. */
export type EmbeddedText = {
  embeds: "memory_item" | "task" | "query"
  /** Of the memory item, the trace or the query. */
  id: string
  text: string
}

/** Every text that has a vector, in the order of the rows of `vectors.f32`. */
export function embeddedTexts({
  workspaces,
  queries,
}: {
  workspaces: readonly SampleWorkspace[]
  queries: readonly SampleQuery[]
}): EmbeddedText[] {
  const texts: EmbeddedText[] = []
  for (const { legacy_traces, traces } of workspaces) {
    for (const { id, task } of legacy_traces) texts.push({ embeds: "task", id, text: task })
    for (const { id, task, memory_items } of traces) {
      texts.push({ embeds: "task", id, text: task })
      for (const item of memory_items) {
        texts.push({ embeds: "memory_item", id: item.id, text: documentOf(item) })
      }
    }
  }
  for (const { id, text } of queries) texts.push({ embeds: "query", id, text })
  return texts
}

/** What the current dialect stores as document and embeds. */
export function documentOf({ title, description, content }: CurrentItem): string {
  return `${title}\n${description}\n${content}`
}

async function parse(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(name, sampleBankFolder), "utf8"))
}
