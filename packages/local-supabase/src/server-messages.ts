import type { PackedError } from "./engine-messages.ts"

/** From a server process to the one that started it. */
export type ServerMessage =
  | { kind: "log"; text: string }
  /** It serves now. */
  | { kind: "ready" }
  /** Another server of the directory does; this one ends. */
  | { kind: "running" }
  | { kind: "failed"; error: PackedError }
