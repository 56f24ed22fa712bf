import { CopyButton } from "./copy-button.tsx"

/** The beginning of an id, with a button that copies all of it. */
export function ShownId({ id }: { id: string }) {
  return (
    <span className="flex items-center justify-end gap-1 font-mono text-xs">
      <span className="truncate">{id.slice(0, 8)}…</span>
      <CopyButton text={id} label="Copy the id" />
    </span>
  )
}
