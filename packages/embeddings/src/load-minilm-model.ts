import { embeddingDimension } from "@reasoningbank/core"
import type { InferenceSession } from "onnxruntime-node"
import type { ModelPaths } from "./find-model.ts"
import { loadMiniLmTokenizer, type MiniLmTokenizer } from "./minilm-tokenizer.ts"
import { poolUnitVectors } from "./pool-unit-vectors.ts"

export type MiniLmModel = {
  tokenize: MiniLmTokenizer
  /** One unit vector per sequence of ids. Blocks the thread it runs on. */
  run(sequences: readonly number[][]): Promise<Float32Array[]>
}

export type LoadModelSettings = {
  paths: ModelPaths
  /** Threads of one run; undefined leaves it to the runtime, which takes the physical cores. */
  threads?: number | undefined
}

/** Loads tokenizer and weights into this thread. */
export async function loadMiniLmModel({ paths, threads }: LoadModelSettings): Promise<MiniLmModel> {
  const runtime = await loadRuntime()
  const tokenize = await loadMiniLmTokenizer(paths["tokenizer.json"])
  const session = await runtime.InferenceSession.create(
    paths["model.onnx"],
    threads === undefined ? {} : { intraOpNumThreads: threads },
  )
  return { tokenize, run: (sequences) => runSession({ runtime, session, sequences }) }
}

type Runtime = Pick<typeof import("onnxruntime-node"), "InferenceSession" | "Tensor">

/** A CommonJS module: plain Node finds its re-exported names on the default export only. */
async function loadRuntime(): Promise<Runtime> {
  const { default: runtime } = await import("onnxruntime-node")
  return runtime
}

async function runSession({
  runtime,
  session,
  sequences,
}: {
  runtime: Runtime
  session: InferenceSession
  sequences: readonly number[][]
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
