import type { SourceRecord } from "@reasoningbank/core"

export async function collectRecords(
  pages: AsyncIterable<SourceRecord[]>,
): Promise<SourceRecord[]> {
  const records: SourceRecord[] = []
  for await (const page of pages) records.push(...page)
  return records
}
