import type { LoadModelSettings } from "./load-minilm-model.ts"

export type ModelProcessSettings = LoadModelSettings & {
  /** Ids run together at most, padding included. */
  tokenBudget: number
}

export type MessageToModel =
  | { type: "load"; settings: ModelProcessSettings }
  | { type: "embed"; id: number; texts: readonly string[] }
  | { type: "cancel"; id: number }

export type MessageFromModel =
  | { type: "ready" }
  | { type: "not_loaded"; reason: string }
  /** All vectors one after the other. */
  | { type: "vectors"; id: number; vectors: Float32Array }
  | { type: "failed"; id: number; reason: string }
