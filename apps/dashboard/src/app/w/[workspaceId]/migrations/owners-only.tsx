import { Lock } from "lucide-react"
import Link from "next/link"
import { buttonStyle } from "../../../../components/button.tsx"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"
import type { Workspace } from "../../../../data/workspaces.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"

/** What other members see: that there is something, why they do not see it, and who does. */
export function OwnersOnly({ workspace: { id, role } }: { workspace: Workspace }) {
  return (
    <>
      <PageHeader title="Migrations" />
      <EmptyState
        icon={<Lock aria-hidden />}
        title="Owners see the migration runs"
        action={
          <Link
            href={workspacePath({ workspaceId: id, page: "members" })}
            prefetch={false}
            className={buttonStyle()}
          >
            Who owns this workspace
          </Link>
        }
      >
        A run may have moved workspaces of others too, and its report names what it found in the
        source. You are {role === "editor" ? "an editor" : "a viewer"} here; what a run brought is
        among the memories and traces.
      </EmptyState>
    </>
  )
}
