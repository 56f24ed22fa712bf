import { loadMiniLmModel } from "./load-minilm-model.ts"
import { createModelJobs, type ModelJobs } from "./model-jobs.ts"
import type { MessageFromModel, MessageToModel } from "./model-messages.ts"

/** Entry of the process that runs the model, started by `startModelProcess`. */
let jobs: ModelJobs | null = null
const send = (message: MessageFromModel) => process.send?.(message, undefined, {}, () => {})

// It ends with its parent and not before: Ctrl-C in a terminal reaches both.
process.on("disconnect", () => process.exit())
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {})

process.on("message", async (message: MessageToModel) => {
  if (message.type === "load") {
    try {
      const { tokenBudget } = message.settings
      jobs = createModelJobs({ model: await loadMiniLmModel(message.settings), tokenBudget })
      send({ type: "ready" })
    } catch (error) {
      send({ type: "not_loaded", reason: reasonOf(error) })
    }
  } else if (message.type === "cancel") jobs?.cancel(message.id)
  else await embed(message)
})

async function embed({ id, texts }: { id: number; texts: readonly string[] }) {
  try {
    const vectors = (await jobs?.add({ id, texts })) ?? []
    send({ type: "vectors", id, vectors: concatenate(vectors) })
  } catch (error) {
    send({ type: "failed", id, reason: reasonOf(error) })
  }
}

function concatenate(vectors: readonly Float32Array[]) {
  const length = vectors.reduce((sum, vector) => sum + vector.length, 0)
  const all = new Float32Array(length)
  let offset = 0
  for (const vector of vectors) {
    all.set(vector, offset)
    offset += vector.length
  }
  return all
}

function reasonOf(error: unknown) {
  return error instanceof Error ? error.message : String(error)
}
