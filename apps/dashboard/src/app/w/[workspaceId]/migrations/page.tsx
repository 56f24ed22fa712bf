import { Truck } from "lucide-react"
import type { Metadata } from "next"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"

export const metadata: Metadata = { title: "Migrations" }

export default function MigrationsPage() {
  return (
    <>
      <PageHeader title="Migrations" />
      <EmptyState
        icon={<Truck aria-hidden />}
        title="Migration runs will stand here"
        command="pnpm migrate --chromadb-dir DIR"
      >
        Each with its report: what was read, written, and rejected.
      </EmptyState>
    </>
  )
}
