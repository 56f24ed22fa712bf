export { createMiniLmEmbedder } from "./create-minilm-embedder.ts"
