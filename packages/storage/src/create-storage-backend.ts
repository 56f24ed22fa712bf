import { ReasoningBankError } from "@reasoningbank/core"
import type { StorageBackend } from "@reasoningbank/core/storage"
import { backendLoaders, type StorageName, type StorageSettings } from "./backend-loaders.ts"
import { createDefaultEmbedder } from "./default-embedder.ts"
import { readEnvironment, type StorageEnvironment } from "./env.ts"
import { type QueryCacheSettings, withQueryCache } from "./with-query-cache.ts"
import { withTracing } from "./with-tracing.ts"

const aliases: { [name: string]: StorageName } = { chroma: "chromadb" }
const defaultName: StorageName = "chromadb"

type Wrapping = {
  /** Keeps answers for a while; a write of this program drops those of its workspace. @default false */
  cache?: QueryCacheSettings | false
}

type GivenName = StorageName | "chroma"
type SettingsOf<Name extends GivenName> = StorageSettings[Name extends StorageName
  ? Name
  : "chromadb"]

/**
 * Opens a backend by its name; without one, the name is in `STORAGE_BACKEND`, else `chromadb`. Settings that are
 * left out come from the environment, the embedder is all-MiniLM-L6-v2. Only the adapter of this backend is loaded. Raises `usage` for an unknown
 * name, and what the adapter raises when it can not be opened.
 */
export async function createStorageBackend<Name extends GivenName = StorageName>(
  name?: Name,
  settings: SettingsOf<Name> & Wrapping = {},
): Promise<StorageBackend> {
  const environment = readEnvironment()
  const known = resolveName(name ?? environment.STORAGE_BACKEND ?? defaultName)
  const { cache = false, ...others } = settings
  const model = createDefaultEmbedder()
  const opened = { embedder: model.load, ...others }
  const backend = await open({ name: known, settings: opened, environment })
  const close = () => backend.close().finally(model.close)
  const traced = withTracing({ backend: { ...backend, close }, backendName: known })
  return cache === false ? traced : withQueryCache({ backend: traced, ...cache })
}

function open<Name extends StorageName>({
  name,
  settings,
  environment,
}: {
  name: Name
  settings: object
  environment: StorageEnvironment
}): Promise<StorageBackend> {
  return backendLoaders[name]({ settings: settingsOf<Name>(settings), environment })
}

/** The name decided the type of the settings; where it came from the environment, they are the common ones. */
function settingsOf<Name extends StorageName>(settings: object): StorageSettings[Name] {
  return settings as StorageSettings[Name]
}

function resolveName(given: string): StorageName {
  const name = aliases[given] ?? given
  if (isStorageName(name)) return name
  const names = Object.keys(backendLoaders).join(", ")
  throw new ReasoningBankError({
    code: "usage",
    message: `There is no storage backend ${JSON.stringify(given)}; there are ${names}.`,
    hint: "Correct the argument, or STORAGE_BACKEND where none was given.",
  })
}

function isStorageName(name: string): name is StorageName {
  return Object.hasOwn(backendLoaders, name)
}
