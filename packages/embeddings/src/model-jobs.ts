import { setImmediate as nextTurn } from "node:timers/promises"
import type { MiniLmModel } from "./load-minilm-model.ts"
import { type PlacedSequence, planBatches } from "./plan-batches.ts"

type Job = {
  batches: PlacedSequence[][]
  vectors: Float32Array[]
  passedOver: number
  resolve: (vectors: Float32Array[]) => void
  reject: (error: unknown) => void
}

export type ModelJobs = {
  add(request: { id: number; texts: readonly string[] }): Promise<Float32Array[]>
  /** The promise of its `add` never settles. */
  cancel(id: number): void
}

/**
 * Runs jobs batch by batch. The job with the fewest batches left goes first, so that a query waits for
 * one batch of a long job at most; each time a job is passed over counts for it, so that none starves.
 */
export function createModelJobs({
  model,
  tokenBudget,
}: {
  model: MiniLmModel
  /** Ids run together at most, padding included. */
  tokenBudget: number
}): ModelJobs {
  const jobs = new Map<number, Job>()
  let isRunning = false

  async function run() {
    if (isRunning) return
    isRunning = true
    for (let next = pickNext(jobs); next !== null; next = pickNext(jobs)) {
      const [id, job] = next
      await runOneBatch({ model, job }).catch((error: unknown) => {
        jobs.delete(id)
        job.reject(error)
      })
      if (job.batches.length === 0) jobs.delete(id)
      // Lets messages in: new jobs and cancellations.
      await nextTurn()
    }
    isRunning = false
  }

  return {
    add({ id, texts }) {
      const batches = planBatches({ sequences: texts.map(model.tokenize), tokenBudget })
      return new Promise((resolve, reject) => {
        jobs.set(id, { batches, vectors: [], passedOver: 0, resolve, reject })
        void run()
      })
    },
    cancel: (id) => void jobs.delete(id),
  }
}

function pickNext(jobs: Map<number, Job>): [number, Job] | null {
  const weight = (job: Job) => job.batches.length - job.passedOver
  let best: [number, Job] | null = null
  for (const entry of jobs) {
    if (best === null || weight(entry[1]) < weight(best[1])) best = entry
  }
  for (const [, job] of jobs) job.passedOver += job === best?.[1] ? 0 : 1
  return best
}

async function runOneBatch({ model, job }: { model: MiniLmModel; job: Job }) {
  const batch = job.batches.shift() ?? []
  const vectors = batch.length === 0 ? [] : await model.run(batch.map(({ ids }) => ids))
  vectors.forEach((vector, row) => {
    const position = batch[row]?.position
    if (position !== undefined) job.vectors[position] = vector
  })
  if (job.batches.length === 0) job.resolve(job.vectors)
}
