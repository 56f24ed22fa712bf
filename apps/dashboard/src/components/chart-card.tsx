"use client"

import { Table2 } from "lucide-react"
import Link from "next/link"
import { type ReactNode, useId, useState } from "react"
import { Button } from "./button.tsx"
import { Card, CardHeader } from "./card.tsx"
import { linkStyle } from "./link-style.ts"
import { Table, TableCell, TableHead, TableRow } from "./table.tsx"

export type ChartTable = {
  columns: readonly string[]
  /** Formatted cells; the first of each row names it. */
  rows: readonly (readonly string[])[]
  /** Where each row leads, if anywhere. */
  links?: readonly (string | undefined)[]
}

/** A chart with its figures as a table behind a button: nothing is told by the drawing alone. */
export function ChartCard({
  title,
  description,
  table,
  className,
  children,
}: {
  title: string
  description?: ReactNode
  table: ChartTable
  className?: string
  children: ReactNode
}) {
  const [isTable, setIsTable] = useState(false)
  const id = useId()
  return (
    <Card {...(className !== undefined && { className })}>
      <CardHeader title={title} description={description} />
      <div id={id}>
        {isTable ? (
          <FiguresTable title={title} table={table} />
        ) : (
          <div className="px-4">{children}</div>
        )}
      </div>
      <div className="flex justify-end px-2 py-1">
        <Button
          tone="quiet"
          size="small"
          aria-controls={id}
          aria-expanded={isTable}
          onClick={() => setIsTable(!isTable)}
        >
          <Table2 aria-hidden />
          {isTable ? "Show as chart" : "Show as table"}
          <span className="sr-only">: {title}</span>
        </Button>
      </div>
    </Card>
  )
}

function FiguresTable({ title, table }: { title: string; table: ChartTable }) {
  return (
    <div className="max-h-80 overflow-y-auto">
      <Table label={title}>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <TableHead key={column}>{column}</TableHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <TableRow key={row[0]}>
              {row.map((cell, column) => (
                <TableCell key={table.columns[column]}>
                  <LinkedCell href={column === 0 ? table.links?.[index] : undefined}>
                    {cell}
                  </LinkedCell>
                </TableCell>
              ))}
            </TableRow>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

function LinkedCell({ href, children }: { href: string | undefined; children: string }) {
  if (href === undefined) return children
  return (
    <Link href={href} prefetch={false} className={linkStyle}>
      {children}
    </Link>
  )
}
