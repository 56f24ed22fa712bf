import { Skeleton } from "../../../../components/skeleton.tsx"

export default function Loading() {
  return (
    <div role="status" aria-label="Loading" className="flex max-w-xl flex-col gap-4">
      <Skeleton className="h-8 w-48" />
      <Skeleton className="mt-3 h-44" />
      <Skeleton className="h-52" />
    </div>
  )
}
