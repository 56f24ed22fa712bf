import {
  createLoader,
  createSerializer,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server"
import { searchModes } from "../../../../search-words/search-mode.ts"

export const resultCounts = [5, 10, 20, 50] as const

/**
 * The question in the address: `q` is a text, `like` the id of a memory whose stored vector is the question instead, `k` how
 * many results are wanted, `against` what Supabase is compared with.
 */
export const playgroundParams = {
  q: parseAsString.withDefault(""),
  like: parseAsString,
  k: parseAsNumberLiteral(resultCounts).withDefault(10),
  mode: parseAsStringLiteral(searchModes).withDefault("semantic"),
  against: parseAsStringLiteral(["chroma", "exact"]),
}

export const loadPlaygroundParams = createLoader(playgroundParams)

/** "?q=…", or nothing when nothing is asked. */
export const serializePlaygroundParams = createSerializer(playgroundParams)
