import { Skeleton } from "../../../../components/skeleton.tsx"

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="h-8 w-96 max-w-full" />
      <Skeleton className="mt-3 h-4 w-64 max-w-full" />
      <Skeleton className="mt-7 h-9" />
      <div className="mt-4 grid grid-cols-2 gap-4 lg:grid-cols-4">
        {["overlap", "moves", "ours", "theirs"].map((figure) => (
          <Skeleton key={figure} className="h-24" />
        ))}
      </div>
      <div className="mt-4 grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-96" />
        <Skeleton className="h-96 max-lg:hidden" />
      </div>
    </div>
  )
}
