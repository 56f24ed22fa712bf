import process from "node:process"
import { z } from "zod"

const text = z
  .string()
  .optional()
  .transform((value) => (value?.trim() === "" ? undefined : value))

const environmentSchema = z.object({
  STORAGE_BACKEND: text,
  REASONING_BANK_DATA: text,
  REASONING_BANK_WORKSPACES: text,
  COLLECTION_NAME: text,
  CHROMA_URL: text,
  CHROMA_TOKEN: text,
  SUPABASE_URL: text,
  SUPABASE_KEY: text,
})

export type StorageEnvironment = z.output<typeof environmentSchema>

/** The variables a backend's settings default to; empty ones are not set. */
export function readEnvironment(): StorageEnvironment {
  return environmentSchema.parse(process.env)
}
