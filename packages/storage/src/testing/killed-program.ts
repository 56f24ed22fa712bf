import { writeSync } from "node:fs"
import process from "node:process"
import { createHashedWordsEmbedder } from "@reasoningbank/core/testing"
import { createStorageBackend } from "../create-storage-backend.ts"
import { addTraces } from "./add-traces.ts"

/** Adds traces until it is killed; says `ready`, then the id of each that was acknowledged. */
const [, , name = "", settings = "{}"] = process.argv
const standardOutput = 1

const backend = await createStorageBackend(name === "supabase" ? "supabase" : "chromadb", {
  ...JSON.parse(settings),
  embedder: createHashedWordsEmbedder(),
})
await backend.health()
writeSync(standardOutput, "ready\n")
await addTraces({ backend, onAdded: (id) => writeSync(standardOutput, `${id}\n`) })
