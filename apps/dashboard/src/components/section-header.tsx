import type { ReactNode } from "react"

/** Begins a part of a page whose cards share what they look at. */
export function SectionHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="pt-6 pb-3">
      <h2 className="font-semibold text-lg">{title}</h2>
      {children !== undefined && <p className="text-ink-muted text-sm">{children}</p>}
    </div>
  )
}
