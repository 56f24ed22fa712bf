import type { ProjectKeys } from "./project-keys.ts"
import type { MigrationFolder } from "./read-migrations.ts"

/** Plain data: it travels to the worker thread. */
export type EngineSettings = {
  database:
    | { kind: "embedded"; directory: string; unfinishedMarker: string }
    | { kind: "native"; url: string }
  keys: ProjectKeys
  mailsDirectory: string
  folder: MigrationFolder
  siteUrl: string
}

/** An HTTP request or answer with its whole body, so that it can be handed from thread to thread. */
export type EngineRequest = {
  method: string
  url: string
  headers: [string, string][]
  body: Uint8Array<ArrayBuffer> | null
}
export type EngineAnswer = {
  status: number
  headers: [string, string][]
  body: Uint8Array<ArrayBuffer>
}

/** The database with the API in front of it. */
export type Engine = {
  /** What supabase-js asks. */
  handle(request: EngineRequest): Promise<EngineAnswer>
  /** One framed transaction (`encodeTransaction`); answers the rows of each statement as JSON. */
  runTransaction(frame: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>
  /** After everything asked before is done. */
  close(): Promise<void>
}
