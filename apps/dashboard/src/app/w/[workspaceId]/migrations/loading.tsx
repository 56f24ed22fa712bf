import { Card } from "../../../../components/card.tsx"
import { RowsSkeleton, Skeleton } from "../../../../components/skeleton.tsx"

export default function Loading() {
  return (
    <>
      <Skeleton className="h-8 w-96 max-w-full" />
      <Skeleton className="mt-3 mb-7 h-4 w-64 max-w-full" />
      <Card>
        <RowsSkeleton rows={6} />
      </Card>
    </>
  )
}
