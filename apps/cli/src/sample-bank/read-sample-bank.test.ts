import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { readSampleBank } from "./read-sample-bank.ts"
import { embeddedTexts, readSampleTexts } from "./read-sample-texts.ts"
import { readSampleVectors } from "./sample-vectors.ts"

const texts = await readSampleTexts()
const currentTraces = texts.workspaces.flatMap(({ traces }) => traces)
const legacyTraces = texts.workspaces.flatMap(({ legacy_traces }) => legacy_traces)

test("a workspace id is the hash of its path", () => {
  for (const { id, path } of texts.workspaces) {
    expect(id).toBe(createHash("sha256").update(path).digest("hex").slice(0, 16))
  }
})

test("every text has its vector, of unit length", async () => {
  const wanted = embeddedTexts(texts)
  const vectors = await readSampleVectors(wanted)
  expect(vectors).toHaveLength(wanted.length)
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
})

test("a changed text is noticed", async () => {
  const [first, ...rest] = embeddedTexts(texts)
  const changed = [{ embeds: "task" as const, id: "", ...first, text: "another" }, ...rest]
  await expect(readSampleVectors(changed)).rejects.toMatchObject({ code: "internal" })
})

test("ids are unique and every text is written only once", () => {
  const items = currentTraces.flatMap(({ memory_items }) => memory_items)
  const ids = [...items, ...currentTraces, ...legacyTraces].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const contents = [...items, ...legacyTraces.flatMap(({ memory_items }) => memory_items)].map(
    ({ content }) => content,
  )
  expect(new Set(contents).size).toBe(contents.length)
})

test("a memory comes after its parent, in the same workspace, one generation on", () => {
  for (const { traces } of texts.workspaces) {
    const earlier = new Map<string, number>()
    const items = traces.flatMap(({ memory_items }) => memory_items)
    for (const item of items.toSorted((a, b) => (a.stored_at < b.stored_at ? -1 : 1))) {
      for (const id of item.derived_from) expect(earlier.has(id), item.title).toBe(true)
      const parentStage = earlier.get(item.parent_memory_id ?? "") ?? -1
      expect(item.evolution_stage, item.title).toBe(parentStage + 1)
      earlier.set(item.id, item.evolution_stage)
    }
    expect(Math.max(...earlier.values())).toBe(4)
  }
})

test("legacy lineage names earlier traces", () => {
  const earlier = new Set<string>()
  for (const { id, related_trace_ids, parent_trace_id, memory_items } of legacyTraces) {
    const named = [
      ...related_trace_ids,
      ...memory_items.flatMap(({ derived_from }) => derived_from),
    ]
    if (parent_trace_id !== null) named.push(parent_trace_id)
    for (const name of named) expect(earlier.has(name)).toBe(true)
    earlier.add(id)
  }
})

test("the records are those of both dialects, oldest first", async () => {
  const { records, legacyTraces: traces, searches } = await readSampleBank()
  const items = currentTraces.flatMap(({ memory_items }) => memory_items)
  expect(records).toHaveLength(items.length + traces.length)
  expect(searches).toHaveLength(texts.workspaces.length)
  const timestamps = records.map(({ metadata }) => metadata.timestamp)
  expect(timestamps).toEqual(timestamps.toSorted())
  for (const timestamp of timestamps) {
    expect(timestamp).toMatch(/^2026-(0[7-9]|10)-\d\dT\d\d:\d\d:\d\d\.\d{6}$/)
  }
  for (const { metadata } of records) {
    if ("task" in metadata) expect(`${metadata.task}`.length).toBeLessThanOrEqual(500)
  }
  const longest = currentTraces.map(({ task }) => task.length)
  expect(Math.max(...longest)).toBeGreaterThan(500)
})
