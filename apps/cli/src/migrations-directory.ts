import { fileURLToPath } from "node:url"

/** The schema this version of the tool writes to. */
export const migrationsDirectory = fileURLToPath(
  new URL("../../../supabase/migrations", import.meta.url),
)
