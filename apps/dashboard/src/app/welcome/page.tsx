import type { Metadata } from "next"
import { CommandLine } from "../../components/command-line.tsx"
import { listWorkspaces } from "../../data/workspaces.ts"
import { Door } from "../../frame/door.tsx"
import { NewWorkspaceForm } from "./new-workspace-form.tsx"

export const metadata: Metadata = { title: "New workspace" }

export default async function WelcomePage() {
  const isFirst = (await listWorkspaces()).length === 0
  return (
    <Door
      title={isFirst ? "Your first workspace" : "New workspace"}
      description="A workspace keeps the memories of one project apart from all others."
      footer={
        isFirst && (
          <div className="w-full max-w-sm">
            <p className="mb-2">Migrated a bank already? Whoever ran it gives you your place:</p>
            <CommandLine command="pnpm migrate grant YOUR-ADDRESS --all" />
          </div>
        )
      }
    >
      <NewWorkspaceForm />
    </Door>
  )
}
