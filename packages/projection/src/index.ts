export { layOutVectors } from "./lay-out-vectors.ts"
export type { VectorRows } from "./vector-rows.ts"
