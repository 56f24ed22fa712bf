import { ArrowLeft } from "lucide-react"
import Link from "next/link"
import type { ReactNode } from "react"
import { Badge } from "../../../../../components/badge.tsx"
import { Card } from "../../../../../components/card.tsx"
import { linkStyle } from "../../../../../components/link-style.ts"
import { Markdown } from "../../../../../components/markdown.tsx"
import { OptionalTime } from "../../../../../components/optional-time.tsx"
import { OutcomeBadge } from "../../../../../components/outcome-badge.tsx"
import type { Relative } from "../../../../../data/genealogy.ts"
import type { Memory } from "../../../../../data/memory.ts"
import { workspacePath } from "../../../../../frame/workspace-path.ts"
import { serializeMemoryParams } from "../search-params.ts"
import { ErrorContext } from "./error-context.tsx"
import { MemoryTags } from "./memory-tags.tsx"

/** A memory as an index card. */
export function MemoryCard({
  memory,
  parent,
  knownTags,
  canEdit,
  actions,
}: {
  memory: Memory
  parent: Relative | undefined
  knownTags: readonly string[]
  canEdit: boolean
  actions: ReactNode
}) {
  const { workspaceId, trace, domain, difficulty, errorContext } = memory
  const list = (rest: string) => workspacePath({ workspaceId, page: "memories", rest })
  return (
    <Card className="p-5 sm:p-7">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <Link
          href={list("")}
          prefetch={false}
          className="inline-flex items-center gap-1.5 text-ink-muted text-sm hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-4" />
          Memories
        </Link>
        <div className="flex gap-2">{actions}</div>
      </div>
      <h1 className="text-balance font-semibold text-xl tracking-tight">{memory.title}</h1>
      {memory.description !== null && (
        <p className="mt-2 max-w-[72ch] text-ink-muted text-lg">{memory.description}</p>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        {trace !== null && <OutcomeBadge outcome={trace.outcome} />}
        {domain !== null && (
          <Link
            href={list(serializeMemoryParams({ domain: [domain] }))}
            prefetch={false}
            className={linkStyle}
          >
            {domain}
          </Link>
        )}
        {difficulty !== null && <span className="text-ink-muted">{difficulty}</span>}
        <Generation stage={memory.stage} parent={parent} />
        <span className="text-ink-muted">
          <OptionalTime time={memory.createdAt} />
        </span>
      </div>
      <div className="mt-6 max-w-[72ch] text-base">
        <Markdown text={memory.content} />
      </div>
      {errorContext !== null && <ErrorContext context={errorContext} />}
      <div className="mt-6">
        <MemoryTags
          memory={{ workspaceId, id: memory.id, tags: memory.tags, updatedAt: memory.updatedAt }}
          knownTags={knownTags}
          canEdit={canEdit}
        />
      </div>
      {trace !== null && (
        <p className="mt-6 border-line border-t pt-4 text-sm">
          <span className="text-ink-muted">Learned from </span>
          <Link
            href={workspacePath({ workspaceId, page: "traces", rest: `/${trace.id}` })}
            prefetch={false}
            className={linkStyle}
          >
            {trace.task}
          </Link>
        </p>
      )}
    </Card>
  )
}

function Generation({ stage, parent }: { stage: number; parent: Relative | undefined }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <Badge tone="accent">Generation {stage}</Badge>
      {parent !== undefined && (
        <span className="min-w-0 truncate text-ink-muted">
          from{" "}
          {parent.workspace_id === null ? (
            "a memory you can not see"
          ) : (
            <Link
              href={workspacePath({
                workspaceId: parent.workspace_id,
                page: parent.kind === "trace" ? "traces" : "memories",
                rest: `/${parent.id}`,
              })}
              prefetch={false}
              className="text-ink hover:underline"
            >
              {parent.title}
            </Link>
          )}
        </span>
      )}
    </span>
  )
}
