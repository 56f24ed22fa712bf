import { access } from "node:fs/promises"
import { join } from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"
import { checkModelFile } from "./check-model-file.ts"
import { hubRepository, type ModelFile, mavenArtifact, modelFiles } from "./model-files.ts"

export type ModelPaths = Record<ModelFile["name"], string>

/** Paths of the checked files in `directory`, under the names of any source; null when one is missing. */
export async function findModel(directory: string): Promise<ModelPaths | null> {
  const paths: ModelPaths = { "model.onnx": "", "tokenizer.json": "" }
  for (const file of modelFiles) {
    const names = [file.name, hubRepository.paths[file.name], mavenArtifact.paths[file.name]]
    const path = await firstExisting(names.map((name) => join(directory, name)))
    if (path === null) return null
    paths[file.name] = path
  }
  for (const file of modelFiles) await checkModelFile({ path: paths[file.name], file })
  return paths
}

/** Like `findModel`, but a missing file raises `embedding:no_model`. */
export async function requireModel(directory: string): Promise<ModelPaths> {
  const paths = await findModel(directory)
  if (paths !== null) return paths
  throw new ReasoningBankError({
    code: "embedding:no_model",
    message: `${directory} does not hold all-MiniLM-L6-v2: expected model.onnx and tokenizer.json.`,
    hint: "Name a directory with both files, or leave the setting out to have them fetched.",
  })
}

async function firstExisting(paths: readonly string[]) {
  for (const path of paths) {
    const exists = await access(path).then(
      () => true,
      () => false,
    )
    if (exists) return path
  }
  return null
}
