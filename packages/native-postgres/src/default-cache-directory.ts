import { join } from "node:path"

/** The repository's `.cache/native-postgres`. */
export const defaultCacheDirectory = join(import.meta.dirname, "../../../.cache/native-postgres")
