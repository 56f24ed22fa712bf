import { EyeOff } from "lucide-react"
import Link from "next/link"
import { Card, CardHeader } from "../../../components/card.tsx"
import { classNames } from "../../../components/class-names.ts"
import type { Relative } from "../../../data/genealogy.ts"
import { countOf } from "../../../formats/format-count.ts"
import { workspacePath } from "../../../frame/workspace-path.ts"
import { layOutLineage, nodeSize } from "./lineage-layout.ts"

const mostShown = 60

/** Where a memory or trace came from, to the left, and what came from it, to the right. */
export function LineageGraph({ relatives }: { relatives: readonly Relative[] }) {
  const ancestors = relatives.filter(({ direction }) => direction === "ancestor").length
  const descendants = relatives.filter(({ direction }) => direction === "descendant").length
  const shown = relatives.slice(0, mostShown)
  const { nodes, edges, width, height } = layOutLineage(shown)
  return (
    <Card className="pb-4">
      <CardHeader
        title="Lineage"
        description={
          ancestors + descendants === 0
            ? "It has no ancestors, and nothing came from it yet."
            : `${countOf(ancestors, { one: "ancestor", many: "ancestors" })}, ${countOf(descendants, { one: "descendant", many: "descendants" })}.`
        }
      />
      {ancestors + descendants > 0 && (
        <section
          aria-label="Lineage graph"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          className="overflow-x-auto px-4 py-1"
        >
          <ol className="relative" style={{ width, height }}>
            <li aria-hidden className="contents">
              <svg
                aria-hidden="true"
                width={width}
                height={height}
                className="absolute inset-0 stroke-line-strong/60"
              >
                {edges.map(({ key, path }) => (
                  <path key={key} d={path} fill="none" strokeWidth="1.25" />
                ))}
              </svg>
            </li>
            {nodes.map(({ relative, key, x, y }) => (
              <li key={key} className="absolute" style={{ left: x, top: y, ...nodeSize }}>
                <RelativeCard relative={relative} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {relatives.length > mostShown && (
        <p className="px-4 pt-2 text-ink-muted text-sm">
          The nearest {mostShown} of{" "}
          {countOf(relatives.length, { one: "relative", many: "relatives" })}.
        </p>
      )}
    </Card>
  )
}

const frame =
  "flex h-full flex-col justify-center rounded-md border border-line bg-surface px-3 text-xs"

function RelativeCard({ relative }: { relative: Relative }) {
  const { direction, kind, workspace_id: workspaceId, id, title, evolution_stage: stage } = relative
  const facts = [
    relative.relation?.replaceAll("_", " "),
    kind === "trace" ? "trace" : `generation ${stage}`,
    relative.outcome,
  ]
  if (workspaceId === null) {
    return (
      <div className={classNames(frame, "border-dashed text-ink-muted")}>
        <span className="inline-flex items-center gap-1.5 font-medium">
          <EyeOff aria-hidden className="size-3.5" />
          Not visible to you
        </span>
        <span>Gone, or in a workspace of others</span>
      </div>
    )
  }
  const body = (
    <>
      <span className="truncate font-medium text-ink">{title}</span>
      <span className="truncate text-ink-muted">
        {direction === "self" ? "this one" : facts.filter(Boolean).join(" · ")}
      </span>
    </>
  )
  if (direction === "self") {
    return (
      <div aria-current="true" className={classNames(frame, "border-accent bg-accent-soft")}>
        {body}
      </div>
    )
  }
  return (
    <Link
      href={workspacePath({
        workspaceId,
        page: kind === "trace" ? "traces" : "memories",
        rest: `/${id}`,
      })}
      prefetch={false}
      title={title ?? undefined}
      className={classNames(frame, "hover:border-line-strong hover:bg-hover/40")}
    >
      {body}
    </Link>
  )
}
