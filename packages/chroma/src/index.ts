export {
  type BackupProgress,
  backUpChromaDirectory,
  type ChromaBackup,
} from "./archive/back-up-chroma-directory.ts"
export { stampSource } from "./archive/copy-directory.ts"
export { type RestoreProgress, restoreChromaArchive } from "./archive/restore-chroma-archive.ts"
export { type ChromaBackendSettings, createChromaBackend } from "./backend/create-chroma-backend.ts"
export { createGroupEncoder } from "./export/encode-groups.ts"
export { type ChromaExport, openChromaExport } from "./export/open-chroma-export.ts"
export { formatDumpLine } from "./format-dump-line.ts"
export { type ChromaDirectoryOptions, openChromaDirectory } from "./open-chroma-directory.ts"
export { openChromaServer } from "./open-chroma-server.ts"
