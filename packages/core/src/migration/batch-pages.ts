import type { InterpretedPage } from "../interpretation/interpretation.ts"
import { emptyPage } from "../interpretation/interpretation.ts"

/** Gathers pages until a batch has about `batchSize` rows; the order of rows stays. */
export async function* batchPages({
  pages,
  batchSize,
}: {
  pages: AsyncIterable<InterpretedPage>
  batchSize: number
}): AsyncGenerator<InterpretedPage> {
  let batch = emptyPage()
  for await (const page of pages) {
    batch.recordsRead += page.recordsRead
    batch.recordsRejected += page.recordsRejected
    batch.traces.push(...page.traces)
    batch.memoryItems.push(...page.memoryItems)
    batch.rejects.push(...page.rejects)
    if (batch.traces.length + batch.memoryItems.length >= batchSize) {
      yield batch
      batch = emptyPage()
    }
  }
  if (batch.recordsRead > 0) yield batch
}
