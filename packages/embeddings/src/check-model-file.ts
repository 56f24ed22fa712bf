import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { ReasoningBankError } from "@reasoningbank/core"
import type { ModelFile } from "./model-files.ts"

/** Raises `embedding:model_files` unless the file at `path` is one of the known editions. */
export async function checkModelFile({ path, file }: { path: string; file: ModelFile }) {
  const hash = createHash("sha256")
  await pipeline(createReadStream(path), hash)
  const actual = hash.digest("hex")
  if (file.sha256.includes(actual)) return
  throw new ReasoningBankError({
    code: "embedding:model_files",
    message: `${path} is not ${file.name} of all-MiniLM-L6-v2 in fp32: its SHA-256 is ${actual}, expected ${file.sha256.join(" or ")}.`,
    hint: "Delete the file and start again, so that it is fetched anew; quantized models give other vectors and are not accepted.",
  })
}
