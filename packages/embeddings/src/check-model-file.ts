import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { ReasoningBankError } from "@reasoningbank/core"
import type { ModelFile } from "./model-files.ts"

/** Raises `embedding:model_files` unless the file at `path` is one of the known editions. */
export async function checkModelFile({
  path,
  file,
  model,
}: {
  path: string
  file: ModelFile
  /** Its name. */
  model: string
}): Promise<void> {
  const hash = createHash("sha256")
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  const actual = hash.digest("hex")
  if (file.sha256.includes(actual)) return
  throw new ReasoningBankError({
    code: "embedding:model_files",
    message: `${path} is not ${file.name} of ${model}: its SHA-256 is ${actual}, expected ${file.sha256.join(" or ")}.`,
    hint: "Name another directory, or delete the file and run `pnpm model`; other files give other vectors and are not accepted.",
  })
}
