import { ReasoningBankError } from "@reasoningbank/core"

export function modelNotLoaded(reason: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "embedding:failed",
    message: `The embedding model could not be loaded: ${reason}`,
    hint: "onnxruntime-node needs glibc and an x64 or arm64 machine; where it can not run, give an endpoint with createHttpEmbedder.",
  })
}

export function modelFailed(reason: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "embedding:failed",
    message: `The embedding model failed: ${reason}`,
    hint: "Try again with fewer texts; if it goes on, delete the model's files and run `pnpm model`.",
  })
}

export function processEnded({ why, output }: { why: string; output: string }): ReasoningBankError {
  const said = output.trim() === "" ? "" : `; its last words: ${output.trim()}`
  return new ReasoningBankError({
    code: "embedding:failed",
    message: `The process that runs the embedding model ended unexpectedly (${why})${said}.`,
    hint: "Call again: the next call starts a new one.",
  })
}
