import { type Embedder, embeddingDimension, embeddingModel } from "@reasoningbank/core"
import type { InferenceSession } from "onnxruntime-node"
import { loadMiniLmTokenizer } from "./minilm-tokenizer.ts"
import { type ModelSettings, obtainModel } from "./obtain-model.ts"
import { planBatches } from "./plan-batches.ts"
import { poolUnitVectors } from "./pool-unit-vectors.ts"

export type MiniLmSettings = ModelSettings & {
  /** Ids run together at most, padding included. @default 1024 */
  tokenBudget?: number
}

/**
 * all-MiniLM-L6-v2 in fp32, the same vectors as Python's sentence-transformers (cosine >= 0.99999):
 * 256 word pieces at most, mean over tokens, unit length. Raises `embedding:no_model` and
 * `embedding:model_files` as `obtainModel` does.
 */
export async function createMiniLmEmbedder(settings: MiniLmSettings = {}): Promise<Embedder> {
  const paths = await obtainModel(settings)
  const runtime = await loadRuntime()
  const tokenize = await loadMiniLmTokenizer(paths["tokenizer.json"])
  const session = await runtime.InferenceSession.create(paths["model.onnx"])
  const { tokenBudget = 1024 } = settings

  return {
    name: embeddingModel,
    dimension: embeddingDimension,
    async embed(texts) {
      const vectors: Float32Array[] = []
      for (const batch of planBatches({ sequences: texts.map(tokenize), tokenBudget })) {
        const sequences = batch.map(({ ids }) => ids)
        const embedded = await runBatch({ runtime, session, sequences })
        embedded.forEach((vector, row) => {
          const position = batch[row]?.position
          if (position !== undefined) vectors[position] = vector
        })
      }
      return vectors
    },
  }
}

type Runtime = Pick<typeof import("onnxruntime-node"), "InferenceSession" | "Tensor">

/** A CommonJS module: plain Node finds its re-exported names on the default export only. */
async function loadRuntime(): Promise<Runtime> {
  const { default: runtime } = await import("onnxruntime-node")
  return runtime
}

async function runBatch({
  runtime,
  session,
  sequences,
}: {
  runtime: Runtime
  session: InferenceSession
  sequences: number[][]
}) {
  const lengths = sequences.map((ids) => ids.length)
  const paddedLength = Math.max(...lengths)
  const size = sequences.length * paddedLength
  const ids = new BigInt64Array(size)
  const mask = new BigInt64Array(size)
  sequences.forEach((sequence, row) => {
    sequence.forEach((id, column) => {
      ids[row * paddedLength + column] = BigInt(id)
      mask[row * paddedLength + column] = 1n
    })
  })
  const shape = [sequences.length, paddedLength]
  const results = await session.run({
    input_ids: new runtime.Tensor("int64", ids, shape),
    attention_mask: new runtime.Tensor("int64", mask, shape),
    token_type_ids: new runtime.Tensor("int64", new BigInt64Array(size), shape),
  })
  const [outputName = "last_hidden_state"] = session.outputNames
  const hidden = results[outputName]?.data
  if (!(hidden instanceof Float32Array)) throw new TypeError(`${outputName} is not a float tensor`)
  return poolUnitVectors({ hidden, lengths, paddedLength, dimension: embeddingDimension })
}
