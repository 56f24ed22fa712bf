import Link from "next/link"
import { buttonStyle } from "../../../../components/button.tsx"
import { classNames } from "../../../../components/class-names.ts"

/** One storage backend at a time: their searches are never mixed. */
export function BackendLinks({
  backends,
  chosen,
  hrefOf,
}: {
  backends: readonly string[]
  chosen: string
  hrefOf: (backend: string) => string
}) {
  return (
    <nav aria-label="Storage backend" className="flex gap-1">
      {backends.map((backend) => (
        <Link
          key={backend}
          href={hrefOf(backend)}
          prefetch={false}
          aria-current={backend === chosen ? "true" : undefined}
          className={classNames(
            buttonStyle({ tone: backend === chosen ? "secondary" : "quiet" }),
            backend === chosen && "bg-hover",
          )}
        >
          {backend}
        </Link>
      ))}
    </nav>
  )
}
