import { Route } from "lucide-react"
import type { Metadata } from "next"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"

export const metadata: Metadata = { title: "Traces" }

export default function TracesPage() {
  return (
    <>
      <PageHeader title="Traces" />
      <EmptyState
        icon={<Route aria-hidden />}
        title="The reasoning traces of this workspace will stand here"
        command="pnpm migrate --chromadb-dir DIR"
      >
        Each with its trajectory, its outcome and what was learned from it.
      </EmptyState>
    </>
  )
}
