import { TriangleAlert } from "lucide-react"
import Link from "next/link"
import { Card, CardHeader } from "../../../../../components/card.tsx"
import type { Trace } from "../../../../../data/trace.ts"
import { countOf } from "../../../../../formats/format-count.ts"
import { workspacePath } from "../../../../../frame/workspace-path.ts"

/** What was learned from a trace. */
export function TaughtMemories({
  workspaceId,
  memories,
}: {
  workspaceId: string
  memories: Trace["memory_items"]
}) {
  return (
    <Card className="pb-2">
      <CardHeader
        title={`It taught ${countOf(memories.length, { one: "memory", many: "memories" })}`}
      />
      <ul>
        {memories.map(({ id, title, description, domain_category: domain, error_context }) => (
          <li key={id}>
            <Link
              href={workspacePath({ workspaceId, page: "memories", rest: `/${id}` })}
              prefetch={false}
              className="block px-4 py-2 hover:bg-hover/50"
            >
              <span className="flex items-center gap-2 font-medium">
                {error_context !== null && (
                  <TriangleAlert
                    role="img"
                    aria-label="From a mistake"
                    className="size-4 shrink-0 text-partial"
                  />
                )}
                {title}
              </span>
              <span className="block text-ink-muted text-sm">
                {[domain, description].filter(Boolean).join(" · ")}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}
