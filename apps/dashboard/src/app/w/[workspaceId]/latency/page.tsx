import { Activity } from "lucide-react"
import type { Metadata } from "next"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"

export const metadata: Metadata = { title: "Latency" }

export default function LatencyPage() {
  return (
    <>
      <PageHeader title="Latency" />
      <EmptyState icon={<Activity aria-hidden />} title="How fast recall is will stand here">
        Percentiles over time, split into embedding and database, as soon as searches are recorded.
      </EmptyState>
    </>
  )
}
