import Link from "next/link"
import { Card, CardHeader } from "../../../../../components/card.tsx"
import { linkStyle } from "../../../../../components/link-style.ts"
import type { Memory } from "../../../../../data/memory.ts"
import type { MemoryRow } from "../../../../../data/memory-row.ts"
import { workspacePath } from "../../../../../frame/workspace-path.ts"
import { serializePlaygroundParams } from "../../playground/search-params.ts"

/** The nearest memories by the vectors that are stored. */
export function SimilarMemories({
  memory: { workspaceId, id: memoryId },
  similar,
}: {
  memory: Memory
  similar: MemoryRow[] | null
}) {
  return (
    <Card className="pb-2">
      <CardHeader
        title="Similar memories"
        actions={
          similar !== null && (
            <Link
              href={workspacePath({
                workspaceId,
                page: "playground",
                rest: serializePlaygroundParams({ like: memoryId }),
              })}
              prefetch={false}
              className={`${linkStyle} text-sm`}
            >
              Compare in the playground
            </Link>
          )
        }
      />
      {similar === null ? (
        <p className="px-4 pb-2 text-ink-muted text-sm">
          This memory has no vector to compare with.
        </p>
      ) : similar.length === 0 ? (
        <p className="px-4 pb-2 text-ink-muted text-sm">There is no other with a vector.</p>
      ) : (
        <ul>
          {similar.map(({ id, title, why: { similarity } }) => (
            <li key={id}>
              <Link
                href={workspacePath({ workspaceId, page: "memories", rest: `/${id}` })}
                prefetch={false}
                className="flex min-h-9 items-center justify-between gap-4 px-4 py-1.5 text-sm hover:bg-hover/50"
              >
                <span className="min-w-0">{title}</span>
                <span className="flex shrink-0 items-center gap-2 text-ink-muted tabular-nums">
                  <span aria-hidden className="h-1.5 w-16 overflow-hidden rounded-full bg-sunken">
                    <span
                      className="block h-full bg-(--chart-1)"
                      style={{ width: `${Math.max(similarity ?? 0, 0) * 100}%` }}
                    />
                  </span>
                  {similarity?.toFixed(2) ?? "–"}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
