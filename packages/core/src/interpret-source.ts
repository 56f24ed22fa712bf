import { interpretCurrentCollection } from "./interpret-current-collection.ts"
import { interpretLegacyCollection } from "./interpret-legacy-collection.ts"
import { interpretTracesFile } from "./interpret-traces-file.ts"
import type { Interpretation, InterpretationState, InterpretedPage } from "./interpretation.ts"

/**
 * Turns a source into rows, always the same ones in the same order. First the legacy records joined
 * with `traces.json` (which knows the whole trace), then what only the file has, then the current
 * records, which add their items and the traces nobody told of before.
 */
export async function* interpretSource(
  interpretation: Interpretation & { state: InterpretationState },
): AsyncGenerator<InterpretedPage> {
  const { moved } = interpretation.census
  for (const { collection, dialects } of moved) {
    if (dialects.legacy > 0) yield* interpretLegacyCollection({ ...interpretation, collection })
  }
  yield* interpretTracesFile(interpretation)
  for (const { collection, dialects } of moved) {
    if (dialects.current + dialects.unknown > 0) {
      yield* interpretCurrentCollection({ ...interpretation, collection })
    }
  }
}
