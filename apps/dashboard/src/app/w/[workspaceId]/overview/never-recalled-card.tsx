import Link from "next/link"
import { Card, CardHeader } from "../../../../components/card.tsx"
import { linkStyle } from "../../../../components/link-style.ts"
import type { NeverRecalledMemory } from "../../../../data/retrievals.ts"
import { formatDay } from "../../../../format/format-day.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import type { OverviewFacts } from "./overview-facts.ts"

export function NeverRecalledCard({
  facts: { workspaceId },
  memories,
}: {
  facts: OverviewFacts
  memories: readonly NeverRecalledMemory[]
}) {
  return (
    <Card>
      <CardHeader title="Never recalled" description="In no search ever; the oldest first." />
      {memories.length === 0 ? (
        <p className="px-4 pb-4 text-ink-muted text-sm">
          Every memory item was returned by a search at least once.
        </p>
      ) : (
        <ul aria-label="Memory items never recalled" className="pb-2">
          {memories.map(({ id, title, created_at }) => (
            <li key={id} className="flex h-9 items-center gap-4 px-4 text-sm">
              <Link
                href={workspacePath({ workspaceId, page: "memories", rest: `/${id}` })}
                prefetch={false}
                className={`${linkStyle} min-w-0 flex-1 truncate`}
              >
                {title}
              </Link>
              <span className="whitespace-nowrap text-ink-muted tabular-nums">
                {created_at === null ? "–" : formatDay(created_at)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
