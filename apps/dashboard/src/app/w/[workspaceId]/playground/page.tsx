import { FlaskConical } from "lucide-react"
import type { Metadata } from "next"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"

export const metadata: Metadata = { title: "Playground" }

export default function PlaygroundPage() {
  return (
    <>
      <PageHeader title="Playground" />
      <EmptyState icon={<FlaskConical aria-hidden />} title="Try a search here">
        One query, its results on each storage backend side by side.
      </EmptyState>
    </>
  )
}
