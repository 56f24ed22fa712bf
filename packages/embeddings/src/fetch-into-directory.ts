import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { checkModelFile } from "./check-model-file.ts"
import type { FetchModel, OnFetchProgress } from "./fetch-model.ts"
import type { ModelPaths } from "./find-model.ts"
import type { ModelEdition } from "./model-files.ts"

const partialPrefix = "partial-"
const abandonedAfterInMs = 24 * 3_600_000

/**
 * Fetches under a temporary name, checks, and renames each file into `directory`. Processes may do so at
 * once: what one replaces is the same file. Raises what `fetchModel` does and `embedding:model_files`.
 */
export async function fetchIntoDirectory({
  directory,
  edition,
  fetchModel,
  signal,
  onProgress,
}: {
  directory: string
  edition: ModelEdition
  fetchModel: FetchModel
  signal: AbortSignal
  onProgress: OnFetchProgress
}): Promise<ModelPaths> {
  signal.throwIfAborted()
  await mkdir(directory, { recursive: true })
  await removeAbandoned(directory)
  const partial = await mkdtemp(join(directory, partialPrefix))
  try {
    await fetchModel({ edition, directory: partial, signal, onProgress })
    const paths: ModelPaths = { "model.onnx": "", "tokenizer.json": "" }
    for (const file of edition.files) {
      await checkModelFile({ path: join(partial, file.name), file, model: edition.name })
    }
    for (const { name } of edition.files) {
      paths[name] = join(directory, name)
      await rename(join(partial, name), paths[name])
    }
    return paths
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

/** What a killed process left behind. */
async function removeAbandoned(directory: string) {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(partialPrefix)) continue
    const path = join(directory, name)
    const information = await stat(path).catch(() => null)
    if (information !== null && Date.now() - information.mtimeMs > abandonedAfterInMs) {
      await rm(path, { recursive: true, force: true })
    }
  }
}
