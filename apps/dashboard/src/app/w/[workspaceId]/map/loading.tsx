import { Skeleton } from "../../../../components/skeleton.tsx"
import { MapSkeleton } from "./map-skeleton.tsx"

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="h-8 w-32" />
      <Skeleton className="mt-2 mb-6 h-5 w-96 max-w-full" />
      <MapSkeleton />
    </div>
  )
}
