export { type ChromaServer, startChromaServer } from "../start-chroma-server.ts"
