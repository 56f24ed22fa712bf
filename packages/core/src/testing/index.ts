export { describeEmbedder } from "./embedder-contract.ts"
export { describeEmbeddingTarget } from "./embedding-target-contract.ts"
export { describeMigrationTarget } from "./migration-target-contract.ts"
export {
  aMemoryItem,
  anEmbedding,
  aTrace,
  aVector,
  aWorkspaceId,
  aWriteRow,
} from "./sample-rows.ts"
export { createInMemoryDriver } from "./storage/create-in-memory-driver.ts"
export { createHashedWordsEmbedder } from "./storage/hashed-words-embedder.ts"
export { describeStorageBackend } from "./storage/storage-backend-contract.ts"
