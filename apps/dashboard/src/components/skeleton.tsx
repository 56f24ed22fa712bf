import { classNames } from "./class-names.ts"

/** A grey shape where something is about to come; give it the size of that thing. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden className={classNames("animate-pulse rounded-md bg-line/80", className)} />
  )
}

/** Rows of a table that are on their way. */
export function RowsSkeleton({ rows }: { rows: number }) {
  return (
    <div className="divide-y divide-line" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-9 items-center gap-4 px-4">
          <Skeleton className="h-3 flex-1" />
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  )
}
