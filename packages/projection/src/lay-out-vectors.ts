import { on } from "node:events"
import { Worker } from "node:worker_threads"
import type { LayoutAnswer, LayoutRequest } from "./layout-messages.ts"
import type { VectorRows } from "./vector-rows.ts"

/** From 0 to 1. */
export type LayoutProgress = (share: number) => void

export type Layout = {
  method: "umap" | "pca"
  /** x and y in turn, from -1 to 1. */
  places: Float32Array
}

/**
 * Lays vectors out in two dimensions so that near ones stay near, in a thread of its own. The layout is that of `landmarks`;
 * where there are more rows, `readReduced` gives the inner products of all of them with the principal axes of the landmarks,
 * and each goes between the landmarks nearest to it. Raises what the thread raises.
 */
export async function layOutVectors({
  landmarks,
  readReduced,
  onProgress,
}: {
  /** At least one; a few thousand show the layout of all. */
  landmarks: VectorRows
  /** Null when the landmarks are all rows. */
  readReduced: ((axes: readonly Float32Array[]) => Promise<VectorRows>) | null
  onProgress: LayoutProgress
}): Promise<Layout> {
  const worker = new Worker(new URL("layout-worker.ts", import.meta.url))
  const send = (request: LayoutRequest) => worker.postMessage(request)
  try {
    send({ kind: "fit", rows: landmarks })
    for await (const [message] of on(worker, "message")) {
      const answer: LayoutAnswer = message
      if (answer.kind === "layout") return answer
      if (answer.kind === "progress") onProgress(answer.share)
      else send({ kind: "arrange", rows: (await readReduced?.(answer.axes)) ?? null })
    }
    throw new Error("The thread of the layout ended without one.")
  } finally {
    await worker.terminate()
  }
}
