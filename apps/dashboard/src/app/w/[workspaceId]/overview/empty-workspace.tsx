import { ChartNoAxesCombined } from "lucide-react"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"

export function EmptyWorkspace() {
  return (
    <>
      <PageHeader title="Overview" />
      <EmptyState
        icon={<ChartNoAxesCombined aria-hidden />}
        title="What this workspace learned will stand here"
        command="pnpm migrate --chromadb-dir DIR"
      >
        Success rate, growth, outcomes and the memories that help most, as soon as traces are
        recorded or a bank is migrated.
      </EmptyState>
    </>
  )
}
