export { createMiniLmEmbedder, type MiniLmSettings } from "./create-minilm-embedder.ts"
export type { FetchProgress } from "./fetch-from-hub.ts"
export { defaultCacheDirectory, type ModelSettings, obtainModel } from "./obtain-model.ts"
