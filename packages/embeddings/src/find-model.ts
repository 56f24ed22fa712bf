import { access } from "node:fs/promises"
import { join } from "node:path"
import { checkModelFile } from "./check-model-file.ts"
import type { ModelEdition, ModelFile } from "./model-files.ts"

export type ModelPaths = Record<ModelFile["name"], string>

/**
 * Paths of the checked files in `directory`, under the names of any source; null when one is missing.
 * Raises `embedding:model_files` when one has another checksum.
 */
export async function findModel({
  directory,
  edition,
}: {
  directory: string
  edition: ModelEdition
}): Promise<ModelPaths | null> {
  const paths: ModelPaths = { "model.onnx": "", "tokenizer.json": "" }
  for (const { name, hubPath, mavenPath } of edition.files) {
    const candidates = [name, hubPath, mavenPath].map((path) => join(directory, path))
    const path = await firstExisting(candidates)
    if (path === null) return null
    paths[name] = path
  }
  for (const file of edition.files) {
    await checkModelFile({ path: paths[file.name], file, model: edition.name })
  }
  return paths
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
