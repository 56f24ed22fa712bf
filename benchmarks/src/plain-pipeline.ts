import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { obtainModel } from "@reasoningbank/embeddings"
import { env, pipeline } from "@xenova/transformers"

/** As the model is published. */
const config = {
  model_type: "bert",
  hidden_size: 384,
  intermediate_size: 1536,
  max_position_embeddings: 512,
  num_attention_heads: 12,
  num_hidden_layers: 6,
  type_vocab_size: 2,
  vocab_size: 30522,
}
const tokenizerConfig = {
  tokenizer_class: "BertTokenizer",
  do_lower_case: true,
  model_max_length: 512,
  pad_token: "[PAD]",
  cls_token: "[CLS]",
  sep_token: "[SEP]",
  unk_token: "[UNK]",
  mask_token: "[MASK]",
}

/** The peer: the library's own pipeline on the same files, with mean pooling and unit length as its documentation shows. */
export async function openPlainPipeline(): Promise<{
  embed(texts: string[]): Promise<Float32Array[]>
}> {
  const paths = await obtainModel()
  const models = await mkdtemp(join(tmpdir(), "plain-pipeline-"))
  const directory = join(models, "minilm")
  await mkdir(join(directory, "onnx"), { recursive: true })
  await writeFile(join(directory, "config.json"), JSON.stringify(config))
  await writeFile(join(directory, "tokenizer_config.json"), JSON.stringify(tokenizerConfig))
  await symlink(paths["tokenizer.json"], join(directory, "tokenizer.json"))
  await symlink(paths["model.onnx"], join(directory, "onnx", "model.onnx"))
  env.localModelPath = dirname(directory)
  env.allowRemoteModels = false
  const extract = await pipeline("feature-extraction", "minilm", { quantized: false })
  await rm(models, { recursive: true })
  // The pipeline wants `last_hidden_state`, which this edition of the file calls `output_0`.
  const { model } = extract
  const renamed = async (inputs: unknown) => {
    const { output_0, last_hidden_state = output_0 } = await model(inputs)
    return { last_hidden_state }
  }
  Object.defineProperty(extract, "model", { value: renamed })
  return {
    async embed(texts) {
      const { data, dims } = await extract(texts, { pooling: "mean", normalize: true })
      const dimension = dims.at(-1) ?? 0
      return texts.map((_, row) =>
        Float32Array.from(data.slice(row * dimension, (row + 1) * dimension), Number),
      )
    },
  }
}
