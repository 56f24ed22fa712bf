import Link from "next/link"
import { OptionalTime } from "../../../../components/optional-time.tsx"
import type { MemoryRow } from "../../../../data/memory-row.ts"
import { MemoryFacts } from "./memory-facts.tsx"

/** One row of the list. */
export function ListedMemoryLink({ row, href }: { row: MemoryRow; href: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 px-2 py-2 hover:bg-hover/50 xl:grid-cols-[minmax(0,1fr)_minmax(0,30rem)_6.5rem]"
    >
      <span className="min-w-0">
        <span className="line-clamp-2 font-medium xl:line-clamp-1">{row.title}</span>
        <span className="block truncate text-ink-muted text-sm">
          {row.description ?? row.excerpt}
        </span>
      </span>
      <span className="col-start-1 xl:col-start-2">
        <MemoryFacts row={row} isOneLine />
      </span>
      <span className="col-start-2 row-start-1 self-start text-right text-ink-muted text-sm xl:col-start-3 xl:self-center">
        <OptionalTime time={row.createdAt} missing="Neither the memory nor its trace has a time" />
      </span>
    </Link>
  )
}
