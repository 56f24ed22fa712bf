import { Skeleton } from "./skeleton.tsx"

/** The page of one memory or trace, on its way: the card and what is beside it. */
export function DetailSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading"
      className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]"
    >
      <div className="flex flex-col gap-6">
        <Skeleton className="h-96" />
        <Skeleton className="h-40" />
      </div>
      <div className="flex flex-col gap-4">
        <Skeleton className="h-44" />
        <Skeleton className="h-56" />
      </div>
    </div>
  )
}
