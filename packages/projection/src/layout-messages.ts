import type { VectorRows } from "./vector-rows.ts"

export type LayoutRequest =
  | { kind: "fit"; rows: VectorRows }
  /** Null: those of the fit are all there are. */
  | { kind: "arrange"; rows: VectorRows | null }

export type LayoutAnswer =
  | { kind: "axes"; axes: Float32Array[] }
  | { kind: "progress"; share: number }
  | { kind: "layout"; method: "umap" | "pca"; places: Float32Array }
