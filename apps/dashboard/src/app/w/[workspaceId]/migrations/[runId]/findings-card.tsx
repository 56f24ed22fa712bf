import type { ReactNode } from "react"
import { Badge } from "../../../../../components/badge.tsx"
import { Card, CardHeader } from "../../../../../components/card.tsx"
import { Table, TableCell, TableHead, TableRow } from "../../../../../components/table.tsx"
import { formatCount } from "../../../../../formats/format-count.ts"

const mostShown = 200

/** One list of a report; long ones are cut, and say so. */
export function FindingsCard({
  id,
  title,
  description,
  none,
  columns,
  rows = [],
  missing,
}: {
  id: string
  title: string
  description: string
  /** Said when there are no rows. */
  none: string
  columns: readonly string[]
  /** Cells by column. */
  rows: readonly (readonly ReactNode[])[] | undefined
  /** Whether the list is not told or not there yet, rather than empty. */
  missing: boolean
}) {
  return (
    <Card id={id} className="scroll-mt-16">
      <CardHeader
        title={title}
        description={description}
        actions={rows.length > 0 && <Badge>{formatCount(rows.length)}</Badge>}
      />
      {rows.length === 0 ? (
        <p className="px-4 pb-4 text-ink-muted text-sm">
          {missing ? "– Not there yet, or not told to you." : none}
        </p>
      ) : (
        <div className="max-h-96 overflow-y-auto">
          <Table label={title}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <TableHead key={column}>{column}</TableHead>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, mostShown).map((cells, row) => (
                <TableRow key={row}>
                  {columns.map((column, place) => (
                    <TableCell key={column} className="min-w-24 py-1.5 align-top">
                      {cells[place]}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {rows.length > mostShown && (
        <p className="px-4 py-2 text-ink-muted text-sm">
          The first {mostShown} of {formatCount(rows.length)}; the report of the command has all.
        </p>
      )}
    </Card>
  )
}
