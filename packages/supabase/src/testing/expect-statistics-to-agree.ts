import { expect } from "vitest"
import type { SqlClient } from "../sql-client.ts"
import {
  countedRowsSql,
  dailyGrowthOf,
  parseCountedRows,
  statisticsOf,
} from "./recompute-statistics.ts"

/** Compares what the database says of each workspace, and of all together, with a count of their rows. */
export async function expectStatisticsToAgree(
  sql: SqlClient,
  workspaceIds: string[],
): Promise<void> {
  const scopes = [...workspaceIds.map((id) => [id]), workspaceIds]
  const asked = scopes.flatMap((scope) =>
    ["get_statistics", "get_daily_growth"].map((name) => ({
      sql: `select coalesce(json_agg(to_json(r)), '[]')::text as rows
        from public.${name}(array(select json_array_elements_text($1::json))) as r`,
      parameters: [JSON.stringify(scope)],
    })),
  )
  const answers = await sql.transaction([
    { sql: "set transaction isolation level repeatable read" },
    ...countedRowsSql.map((text) => ({ sql: text })),
    ...asked,
  ])
  const rows = parseCountedRows(answers.slice(1, 3))
  for (const [index, scope] of scopes.entries()) {
    const [[statistics], growth] = answers
      .slice(3 + 2 * index, 5 + 2 * index)
      .map(([row]) => JSON.parse(row?.rows ?? "[]")) as [[Record<string, unknown>], unknown[]]
    const expected = statisticsOf(rows, scope)
    expect(withoutRounding(statistics)).toEqual(withoutRounding(expected))
    expect(growth).toEqual(dailyGrowthOf(rows, scope))
  }
}

/** Times as milliseconds, and a quotient's last digits left out. */
function withoutRounding(statistics: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(statistics).map(([name, value]) => {
      if (typeof value === "string" && name.endsWith("_at")) return [name, Date.parse(value)]
      if (typeof value !== "number") return [name, value]
      return [name, name.endsWith("_at") ? Math.floor(value) : Number(value.toPrecision(12))]
    }),
  )
}
