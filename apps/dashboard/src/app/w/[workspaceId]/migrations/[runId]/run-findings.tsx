import Link from "next/link"
import { linkStyle } from "../../../../../components/link-style.ts"
import type { RunDetails } from "../../../../../data/migration-run.ts"
import { formatCount } from "../../../../../formats/format-count.ts"
import { workspacePath } from "../../../../../frame/workspace-path.ts"
import { FindingsCard } from "./findings-card.tsx"

/** What is not as in the source: differences, conflicts, rejects, and what was noticed and accepted. */
export function RunFindings({ details }: { details: RunDetails }) {
  const { differences, conflicts, rejects, warnings } = details
  return (
    <>
      <FindingsCard
        id="differences"
        title="Differences"
        description="Rows that, read back, are not what the source holds."
        none="None: every row that was compared is the same."
        columns={["Row", "What", "Fields"]}
        rows={differences?.map((one) => [
          <RowLink key="row" row={one} />,
          one.problem,
          one.fields.join(", "),
        ])}
        missing={details.run.finishedAt === null}
      />
      <FindingsCard
        id="conflicts"
        title="Conflicts"
        description="Rows edited here and changed in the source too; those of here were kept."
        none="None."
        columns={["Row", "Fields that differ"]}
        rows={conflicts?.map((one) => [<RowLink key="row" row={one} />, one.fields.join(", ")])}
        missing={details.run.finishedAt === null}
      />
      <FindingsCard
        id="rejects"
        title="Rejects"
        description="Records that could not be used. The file migration-rejects-….jsonl holds them whole."
        none="None: every record could be used."
        columns={["Record", "Code", "Reason"]}
        rows={rejects?.map(({ source_id, code, reason }) => [
          <code key="id" className="break-all font-mono text-xs">
            {source_id}
          </code>,
          <code key="code" className="font-mono text-xs">
            {code}
          </code>,
          reason,
        ])}
        missing={rejects === null}
      />
      <FindingsCard
        id="warnings"
        title="Noticed, and accepted"
        description="What docs/migrate.md explains by its code."
        none="Nothing."
        columns={["What", "Records", "Such as"]}
        rows={warnings?.map(({ code, count, examples }) => [
          <code key="code" className="font-mono text-xs">
            {code}
          </code>,
          formatCount(count),
          <span key="examples" className="break-all font-mono text-xs">
            {examples.slice(0, 3).join(", ")}
          </span>,
        ])}
        missing={warnings === null}
      />
    </>
  )
}

function RowLink({
  row: { kind, workspace_id: workspaceId, id, source_id: sourceId },
}: {
  row: {
    kind: string
    workspace_id: string
    id?: string | null | undefined
    source_id?: string | null | undefined
  }
}) {
  const name = `${kind.replaceAll("_", " ")} ${sourceId ?? id ?? ""}`.trim()
  if (id == null || kind === "workspace") return name
  return (
    <Link
      href={workspacePath({
        workspaceId,
        page: kind === "trace" ? "traces" : "memories",
        rest: `/${id}`,
      })}
      prefetch={false}
      className={`${linkStyle} break-all`}
    >
      {name}
    </Link>
  )
}
