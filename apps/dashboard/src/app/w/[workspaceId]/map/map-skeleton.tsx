import { Skeleton } from "../../../../components/skeleton.tsx"

export const mapHeight = "h-[clamp(20rem,66vh,60rem)]"

/** In the shape of the map and the list beside it. */
export function MapSkeleton() {
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <div>
        <Skeleton className="mb-2 h-8 w-72 max-w-full" />
        <Skeleton className={mapHeight} />
      </div>
      <Skeleton className="h-64 xl:mt-10" />
    </div>
  )
}
