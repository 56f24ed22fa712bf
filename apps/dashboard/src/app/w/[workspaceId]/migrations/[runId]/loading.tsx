import { Skeleton } from "../../../../../components/skeleton.tsx"

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="h-8 w-96 max-w-full" />
      <Skeleton className="mt-3 h-4 w-64 max-w-full" />
      <div className="mt-8 grid grid-cols-2 gap-4 lg:grid-cols-3 2xl:grid-cols-6">
        {["traces", "items", "written", "unchanged", "conflicts", "rejected"].map((figure) => (
          <Skeleton key={figure} className="h-20" />
        ))}
      </div>
      <div className="mt-4 grid gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-80" />
        <Skeleton className="h-60" />
      </div>
    </div>
  )
}
