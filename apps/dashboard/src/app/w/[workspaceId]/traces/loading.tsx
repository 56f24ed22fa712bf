import { RowsSkeleton, Skeleton } from "../../../../components/skeleton.tsx"

export default function Loading() {
  return (
    <>
      <Skeleton className="h-8 w-48" />
      <Skeleton className="mt-6 h-9" />
      <Skeleton className="mt-3 mb-4 h-8 w-96 max-w-full" />
      <RowsSkeleton rows={12} />
    </>
  )
}
