import { Skeleton } from "../../../../components/skeleton.tsx"

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="h-8 w-[36rem] max-w-full" />
      <Skeleton className="mt-3 h-4 w-72 max-w-full" />
      <div className="mt-7 grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-5">
        {["p50", "p95", "p99", "searches", "failed"].map((figure) => (
          <Skeleton key={figure} className="h-24" />
        ))}
      </div>
      <div className="mt-4 grid gap-4 xl:grid-cols-3">
        {["total", "database", "embedding"].map((chart) => (
          <Skeleton key={chart} className="h-80" />
        ))}
      </div>
    </div>
  )
}
