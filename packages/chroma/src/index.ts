export { type ChromaBackendSettings, createChromaBackend } from "./backend/create-chroma-backend.ts"
export { formatDumpLine } from "./format-dump-line.ts"
export { type ChromaDirectoryOptions, openChromaDirectory } from "./open-chroma-directory.ts"
export { openChromaServer } from "./open-chroma-server.ts"
