import type { ReactNode } from "react"

/** One page, one question: `title` names it, `answer` says in a sentence what the data says, where it says something. */
export function PageHeader({
  title,
  answer,
  actions,
}: {
  title: string
  answer?: ReactNode
  actions?: ReactNode
}) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 pb-6">
      <div className="min-w-0">
        <h1 className="text-balance font-semibold text-xl tracking-tight">{title}</h1>
        {answer !== undefined && (
          <p className="mt-1 max-w-[70ch] text-base text-ink-muted">{answer}</p>
        )}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}
