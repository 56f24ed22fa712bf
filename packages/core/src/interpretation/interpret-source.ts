import { createDanglingLinks } from "./dangling-links.ts"
import { countForeign } from "./dialect.ts"
import { interpretForeignCollection } from "./foreign/interpret-foreign-collection.ts"
import { interpretCurrentCollection } from "./interpret-current-collection.ts"
import { interpretLegacyCollection } from "./interpret-legacy-collection.ts"
import { interpretTraceCollection } from "./interpret-trace-collection.ts"
import { interpretTracesFile } from "./interpret-traces-file.ts"
import type { Interpretation, InterpretationState, InterpretedPage } from "./interpretation.ts"

/**
 * Turns a source into rows, always the same ones in the same order. First the records that are whole
 * traces, then the legacy records joined with `traces.json` (which knows the whole trace), then what only the file has, then
 * the records of other programs, then the current records, which add their items and the traces nobody told of before.
 */
export async function* interpretSource(
  interpretation: Interpretation & { state: InterpretationState },
): AsyncGenerator<InterpretedPage> {
  const { warnings } = interpretation.state
  const links = createDanglingLinks()
  for await (const page of interpretAll(interpretation)) {
    await interpretation.refinePage?.(page)
    for (const row of [...page.traces, ...page.memoryItems]) {
      links.add(row)
      for (const { code } of row.notes) warnings.add({ code, example: row.sourceId ?? row.id })
      const { status } = row.embedding
      if (status !== "present" && (status !== "missing" || "traceId" in row)) {
        warnings.add({ code: `embedding_${status}`, example: row.sourceId ?? row.id })
      }
    }
    yield page
  }
  const dangling = links.summary()
  if (dangling.count > 0) warnings.addAll({ code: "dangling_link", ...dangling })
}

async function* interpretAll(
  interpretation: Interpretation & { state: InterpretationState },
): AsyncGenerator<InterpretedPage> {
  const { moved } = interpretation.census
  for (const { collection, dialects } of moved) {
    if (dialects.trace > 0) yield* interpretTraceCollection({ ...interpretation, collection })
  }
  for (const { collection, dialects } of moved) {
    if (dialects.legacy > 0) yield* interpretLegacyCollection({ ...interpretation, collection })
  }
  yield* interpretTracesFile(interpretation)
  for (const { collection, dialects } of moved) {
    if (countForeign(dialects) > 0) {
      yield* interpretForeignCollection({ ...interpretation, collection })
    }
  }
  for (const { collection, dialects } of moved) {
    if (dialects.current + dialects.unknown > 0) {
      yield* interpretCurrentCollection({ ...interpretation, collection })
    }
  }
}
