/** Stores what a task taught, recalls it before the next one, and says what helped. `STORAGE_BACKEND` says where. */
import process from "node:process"
import {
  createStorageBackend,
  createWorkspaceManager,
  createWorkspaceRegistry,
} from "@reasoningbank/storage"

const workspaces = createWorkspaceManager({ registry: createWorkspaceRegistry() })
const { id: workspaceId, name } = await workspaces.setWorkspace(process.cwd())
const backend = await createStorageBackend()

const first = await backend.addTrace({
  workspaceId,
  task: "Make the payment form survive a slow network",
  trajectory: [
    { iteration: 1, action: "generate", output: "Send the charge again after a timeout" },
    { iteration: 2, action: "evaluate", output: "Two customers were charged twice" },
  ],
  outcome: "failure",
  memoryItems: [
    {
      title: "Never retry a charge without an idempotency key",
      description: "A request that timed out may have been carried out all the same",
      content:
        "Make a key before the first attempt, store it with the order, and send it each time.",
      errorContext: { error_type: "double_charge", corrective_guidance: "One key per order" },
      patternTags: ["payments", "retries"],
      domainCategory: "api_usage",
    },
  ],
})
console.log(`Remembered ${first.memoryIds.length} lesson in ${name}.`)

const { retrievalId, memories } = await backend.querySimilarMemories({
  workspaceId,
  text: "Retry failed card payments in the checkout",
  k: 3,
  rankBy: "score",
})
for (const { memory, similarity, score } of memories) {
  console.log(`${score?.toFixed(3)} (similarity ${similarity?.toFixed(3)})  ${memory.title}`)
}

const second = await backend.addTrace({
  workspaceId,
  task: "Retry failed card payments in the checkout",
  trajectory: [{ iteration: 1, action: "generate", output: "Retry with the order's key" }],
  outcome: "success",
  metadata: { memories_used: memories.map(({ memory }) => memory.id) },
})
await backend.markRetrieval({
  workspaceId,
  retrievalId,
  helpfulIds: memories.map(({ memory }) => memory.id),
  servedTraceId: second.id,
})

const { totalTraces, successRate } = await backend.getStatistics({ workspaceId })
console.log(`${totalTraces} traces, ${successRate} % successful.`)
await backend.close()
