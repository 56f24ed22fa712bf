import Link from "next/link"
import { Card, CardHeader } from "../../../../components/card.tsx"
import { linkStyle } from "../../../../components/link-style.ts"
import { formatFigure } from "../../../../format/format-figure.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"

export type SplitRow = { name: string; databaseInMs: number }

/** What each search took, split into embedding and database, as bars of one scale. */
export function LatencySplit({
  workspaceId,
  embeddingInMs,
  rows,
  noEmbedding,
}: {
  workspaceId: string
  /** Made once for all sides; null where none was made. */
  embeddingInMs: number | null
  rows: readonly SplitRow[]
  /** Why none was made. */
  noEmbedding: string
}) {
  const embedding = embeddingInMs ?? 0
  const longest = Math.max(...rows.map(({ databaseInMs }) => embedding + databaseInMs))
  return (
    <Card id="latency" className="mt-4 scroll-mt-16 pb-4">
      <CardHeader
        title="What it took"
        description="One search each, one after the other, measured on this server. A single search says little: the first one opens connections."
      />
      <ul className="flex flex-wrap gap-x-4 gap-y-1 px-4 pb-2 text-ink-muted text-xs">
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-sm bg-(--chart-3)" />
          {embeddingInMs === null
            ? `Embedding – ${noEmbedding}`
            : `Embedding ${text(embeddingInMs)}, made once`}
        </li>
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-sm bg-(--chart-1)" />
          Database
        </li>
      </ul>
      <dl className="grid gap-2 px-4 text-sm">
        {rows.map(({ name, databaseInMs }) => (
          <div
            key={name}
            className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-x-3 sm:grid-cols-[6.5rem_minmax(0,1fr)_15rem]"
          >
            <dt className="truncate font-medium">{name}</dt>
            <dd aria-hidden className="flex h-3 overflow-hidden rounded-sm bg-sunken">
              <span
                className="bg-(--chart-3)"
                style={{ width: `${(100 * embedding) / longest}%` }}
              />
              <span
                className="bg-(--chart-1)"
                style={{ width: `${(100 * databaseInMs) / longest}%` }}
              />
            </dd>
            <dd className="text-ink-muted tabular-nums max-sm:col-start-2 sm:text-right">
              {embeddingInMs !== null && `${text(embeddingInMs)} + `}
              {text(databaseInMs)}
              {embeddingInMs !== null && (
                <span className="font-medium text-ink"> = {text(embedding + databaseInMs)}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="px-4 pt-3 text-sm">
        <Link
          href={workspacePath({ workspaceId, page: "latency" })}
          prefetch={false}
          className={linkStyle}
        >
          Latency of recorded searches over time
        </Link>
      </p>
    </Card>
  )
}

function text(value: number): string {
  return formatFigure({ value, unit: "milliseconds" })
}
