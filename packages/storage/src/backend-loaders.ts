import type { ChromaBackendSettings } from "@reasoningbank/chroma"
import type { Embedder } from "@reasoningbank/core"
import type { BackendSettings, StorageBackend } from "@reasoningbank/core/storage"
import type { StorageEnvironment } from "./env.ts"

/** What each backend is opened with; what is left out comes from the environment. */
export type StorageSettings = {
  chromadb: BackendSettings & PartialPlace
}

type PartialPlace = Partial<Omit<ChromaBackendSettings, "url" | "directory">> & {
  url?: string
  directory?: string
}

export type StorageName = keyof StorageSettings

type Loader<Settings> = (given: {
  settings: Settings
  environment: StorageEnvironment
}) => Promise<StorageBackend>

const defaultDirectory = "./chroma_data"

/** Each imports its adapter when it is called, so that a program loads the one it uses. */
export const backendLoaders: { [Name in StorageName]: Loader<StorageSettings[Name]> } = {
  async chromadb({ settings, environment }) {
    const { createChromaBackend } = await import("@reasoningbank/chroma")
    const { url, directory, ...others } = settings
    const common = {
      embedder: loadEmbedder,
      ...(environment.CHROMA_TOKEN !== undefined && { token: environment.CHROMA_TOKEN }),
      ...(environment.COLLECTION_NAME !== undefined && {
        collectionName: environment.COLLECTION_NAME,
      }),
      ...others,
    }
    const address = url ?? (directory === undefined ? environment.CHROMA_URL : undefined)
    if (address !== undefined) return createChromaBackend({ ...common, url: address })
    const place = directory ?? environment.REASONING_BANK_DATA ?? defaultDirectory
    return createChromaBackend({ ...common, directory: place })
  },
}

/** The model of a ReasoningBank, loaded when a text is first embedded. */
async function loadEmbedder(): Promise<Embedder> {
  const { createMiniLmEmbedder } = await import("@reasoningbank/embeddings")
  return createMiniLmEmbedder()
}
