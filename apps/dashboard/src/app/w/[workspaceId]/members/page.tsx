import { Users } from "lucide-react"
import type { Metadata } from "next"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"

export const metadata: Metadata = { title: "Members" }

export default function MembersPage() {
  return (
    <>
      <PageHeader title="Members" />
      <EmptyState
        icon={<Users aria-hidden />}
        title="The members of this workspace will stand here"
      >
        Who may read, who may edit, and who is invited.
      </EmptyState>
    </>
  )
}
