import { randomUUID } from "node:crypto"
import type { NewReasoningTrace, StorageBackend } from "@reasoningbank/core/storage"

export const killedWorkspace = "killed"

/** Adds traces one after the other until something fails; `onAdded` hears of each that was acknowledged. */
export async function addTraces({
  backend,
  onAdded,
}: {
  backend: StorageBackend
  onAdded: (id: string) => void
}): Promise<never> {
  for (let count = 0; ; count++) onAdded((await backend.addTrace(traceOfMany(count))).id)
}

function traceOfMany(count: number): NewReasoningTrace {
  const items = 1 + (count % 5)
  return {
    workspaceId: killedWorkspace,
    id: randomUUID(),
    task: `Task ${count} of a program that is killed`,
    trajectory: [{ iteration: 1, action: "generate", output: "x".repeat(2_000) }],
    outcome: "success",
    metadata: { items },
    memoryItems: Array.from({ length: items }, (_, at) => ({
      title: `Lesson ${at} of task ${count}`,
      description: "It is there whole or not at all",
      content: `Whatever happens to the program or the server in task ${count}.`,
    })),
  }
}
