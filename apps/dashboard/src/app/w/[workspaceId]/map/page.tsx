import { Orbit } from "lucide-react"
import type { Metadata } from "next"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"

export const metadata: Metadata = { title: "Map" }

export default function MapPage() {
  return (
    <>
      <PageHeader title="Map" />
      <EmptyState icon={<Orbit aria-hidden />} title="The map of this workspace will stand here">
        Memory items that mean alike lie close to each other.
      </EmptyState>
    </>
  )
}
