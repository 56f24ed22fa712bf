import type { Metadata } from "next"
import { Card, CardHeader } from "../../../../components/card.tsx"
import { CommandLine } from "../../../../components/command-line.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"
import { readWorkspace } from "../../../../data/workspaces.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../frame/workspace-path.ts"
import { DeleteForm } from "./delete-form.tsx"
import { RenameForm } from "./rename-form.tsx"

export const metadata: Metadata = { title: "Settings" }

export default async function SettingsPage({ params }: { params: WorkspaceParams }) {
  const { id, name, role } = await readWorkspace(await readWorkspaceId(params))
  const isOwner = role === "owner"
  return (
    <>
      <PageHeader
        title="Settings"
        answer={
          isOwner
            ? `What ${name} is called, how programs name it, and how to delete it.`
            : "Only an owner can change these; you see them."
        }
      />
      <div className="flex max-w-xl flex-col gap-4">
        <Card>
          <CardHeader title="Id" description="What programs name this workspace by." />
          <div className="px-4 pb-4">
            <CommandLine command={id} copyLabel="Copy the id" />
          </div>
        </Card>
        {isOwner && (
          <>
            <Card>
              <CardHeader title="Rename" />
              <div className="px-4 pb-4">
                <RenameForm workspaceId={id} name={name} />
              </div>
            </Card>
            <Card className="border-failure/40">
              <CardHeader
                title="Delete this workspace"
                description="All its traces, memory items and searches go with it, for every member. This can not be undone."
              />
              <div className="px-4 pb-4">
                <DeleteForm workspaceId={id} name={name} />
              </div>
            </Card>
          </>
        )}
      </div>
    </>
  )
}
