import type { Metadata } from "next"
import Link from "next/link"
import { redirect } from "next/navigation"
import { Badge } from "../../components/badge.tsx"
import { PageHeader } from "../../components/page-header.tsx"
import { listWorkspaces } from "../../data/workspaces.ts"
import { Frame } from "../../frame/frame.tsx"
import { WorkspaceMark } from "../../frame/workspace-mark.tsx"
import { workspacePath } from "../../frame/workspace-path.ts"

export const metadata: Metadata = { title: "All workspaces" }

export default async function WorkspacesPage() {
  const workspaces = await listWorkspaces()
  if (workspaces.length === 0) redirect("/welcome")
  return (
    <Frame workspaceId={null}>
      <PageHeader title="All workspaces" />
      <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {workspaces.map(({ id, name, role }) => (
          <li key={id}>
            <Link
              href={workspacePath({ workspaceId: id, page: "overview" })}
              className="flex items-center gap-3 rounded-lg border border-line bg-surface p-4 hover:border-line-strong"
            >
              <WorkspaceMark name={name} />
              <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
              <Badge>{role}</Badge>
            </Link>
          </li>
        ))}
      </ul>
    </Frame>
  )
}
