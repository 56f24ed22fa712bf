import {
  createLoader,
  createSerializer,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server"
import { searchModes } from "../../../../search-words/search-mode.ts"

/**
 * The filters of the memories in the address. A filter with several values is repeated: `?tag=http&tag=retries`. `from` and
 * `to` are dates (both days included) or instants (`to` excluded), `stage` is a generation: `2`, or `2+`.
 */
export const memoryParams = {
  q: parseAsString.withDefault(""),
  mode: parseAsStringLiteral(searchModes).withDefault("hybrid"),
  outcome: parseAsNativeArrayOf(parseAsString).withDefault([]),
  domain: parseAsNativeArrayOf(parseAsString).withDefault([]),
  tag: parseAsNativeArrayOf(parseAsString).withDefault([]),
  difficulty: parseAsNativeArrayOf(parseAsString).withDefault([]),
  errors: parseAsStringLiteral(["only", "without"]),
  from: parseAsString,
  to: parseAsString,
  stage: parseAsString,
}

export const loadMemoryParams = createLoader(memoryParams)

/** "?tag=…", or nothing when nothing is filtered. */
export const serializeMemoryParams = createSerializer(memoryParams)
