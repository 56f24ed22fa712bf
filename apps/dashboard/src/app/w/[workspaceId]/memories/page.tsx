import { Brain } from "lucide-react"
import type { Metadata } from "next"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"

export const metadata: Metadata = { title: "Memories" }

export default function MemoriesPage() {
  return (
    <>
      <PageHeader title="Memories" />
      <EmptyState
        icon={<Brain aria-hidden />}
        title="The memory items of this workspace will stand here"
        command="pnpm migrate --chromadb-dir DIR"
      >
        Each with its text, its error context, its tags and the trace it was learned from.
      </EmptyState>
    </>
  )
}
