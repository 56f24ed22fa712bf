import { Layers } from "lucide-react"

/** A workspace's initial, in a square. */
export function WorkspaceMark({ name, isAll = false }: { name: string; isAll?: boolean }) {
  return (
    <span
      aria-hidden
      className="grid size-6 shrink-0 place-items-center rounded-md bg-accent-soft font-semibold text-accent-ink text-xs"
    >
      {isAll ? <Layers className="size-3.5" /> : Array.from(name.trim())[0]?.toUpperCase()}
    </span>
  )
}
