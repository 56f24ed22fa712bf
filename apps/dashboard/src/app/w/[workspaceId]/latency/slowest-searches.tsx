import { Badge } from "../../../../components/badge.tsx"
import { Card, CardHeader } from "../../../../components/card.tsx"
import { Table, TableCell, TableHead, TableRow } from "../../../../components/table.tsx"
import { Time } from "../../../../components/time.tsx"
import type { Retrieval } from "../../../../data/latency.ts"
import { formatFigure } from "../../../../format/format-figure.ts"

export function SlowestSearches({ retrievals }: { retrievals: readonly Retrieval[] }) {
  const isTextKept = retrievals.some(({ query_text }) => query_text !== null)
  return (
    <Card id="slowest" className="mt-4 scroll-mt-16">
      <CardHeader
        title="Slowest searches"
        description={isTextKept ? undefined : "Of what was asked this workspace keeps only a hash."}
      />
      <Table label="Slowest searches">
        <thead>
          <tr>
            <TableHead>When</TableHead>
            <TableHead>Search</TableHead>
            {isTextKept && <TableHead>Asked</TableHead>}
            {["Results", "Embedding", "Database", "Total"].map((name) => (
              <TableHead key={name} className="text-right">
                {name}
              </TableHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {retrievals.map((retrieval) => (
            <TableRow key={retrieval.id}>
              <TableCell>
                <Time at={retrieval.occurred_at} />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                {retrieval.search_kind.replaceAll("_", " ")}{" "}
                {retrieval.error_code !== null && (
                  <Badge tone="failure">failed: {retrieval.error_code}</Badge>
                )}
              </TableCell>
              {isTextKept && (
                <TableCell className="w-full min-w-48 max-w-0 truncate">
                  {retrieval.query_text ?? "–"}
                </TableCell>
              )}
              <TableCell className="text-right">{retrieval.result_count}</TableCell>
              {[retrieval.embedding_ms, retrieval.database_ms, retrieval.total_ms].map(
                (value, column) => (
                  <TableCell
                    key={["embedding", "database", "total"][column]}
                    className="whitespace-nowrap text-right"
                  >
                    {formatFigure({ value, unit: "milliseconds" })}
                  </TableCell>
                ),
              )}
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  )
}
