export { describeMigrationTarget } from "./migration-target-contract.ts"
export {
  aMemoryItem,
  anEmbedding,
  aTrace,
  aVector,
  aWorkspaceId,
  aWriteRow,
} from "./sample-rows.ts"
