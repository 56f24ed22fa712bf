import { expect, test } from "vitest"
import { type IndexBuildFacts, indexBuildSettings } from "./index-build-settings.ts"

const megabyte = 1024 * 1024
const facts: IndexBuildFacts = {
  pgvectorVersion: "0.8.5",
  maintenanceWorkMemory: 64 * megabyte,
  sharedBuffers: 128 * megabyte,
  effectiveCacheSize: null,
  availableMemory: null,
  maintenanceWorkers: 2,
  parallelWorkers: null,
}

test.each([
  ["what the graph needs, where the machine has it", { availableMemory: 4096 * megabyte }, 254],
  ["half of what is free", { availableMemory: 300 * megabyte }, 150],
  ["a quarter of the cache a hosted server names", { effectiveCacheSize: 720 * megabyte }, 180],
  ["the size of the buffers, where nothing else is known", {}, 128],
  ["never less than the server's own setting", { maintenanceWorkMemory: 512 * megabyte }, 512],
])("memory: %s", (_, more, megabytes) => {
  const { memoryInKilobytes } = indexBuildSettings({
    facts: { ...facts, ...more },
    vectors: 102_400,
  })
  expect(Math.round(memoryInKilobytes / 1024)).toBe(megabytes)
})

test.each([
  ["0.8.1", {}, 0],
  ["0.8.2", {}, 2],
  ["0.9.0", { parallelWorkers: 16 }, 8],
  ["0.9.0", { parallelWorkers: 2 }, 2],
])("workers with pgvector %s", (pgvectorVersion, more, workers) => {
  const settings = indexBuildSettings({
    facts: { ...facts, pgvectorVersion, ...more },
    vectors: 1,
  })
  expect(settings.workers).toBe(workers)
})
