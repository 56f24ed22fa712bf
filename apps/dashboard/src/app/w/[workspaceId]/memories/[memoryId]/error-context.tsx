import { ArrowRight, CircleCheck, ScanSearch, TriangleAlert } from "lucide-react"
import type { ReactNode } from "react"
import { JsonView } from "../../../../../components/json-view.tsx"
import type { JsonObject } from "../../../../../data/json-object.ts"
import { readErrorContext } from "./read-error-context.ts"

/** What a mistake taught: the pattern, what goes wrong, what to do instead. */
export function ErrorContext({ context }: { context: JsonObject }) {
  const { pattern, message, wrong, why, instead, rest } = readErrorContext(context)
  return (
    <section aria-label="Error context" className="mt-6">
      <div className="grid gap-3 lg:grid-cols-[1fr_auto_1.4fr_auto_1.4fr] lg:items-stretch">
        <Step icon={<ScanSearch aria-hidden />} name="Pattern" tone="text-ink-muted">
          <span className="font-medium">{pattern ?? "Not named"}</span>
          {message !== null && (
            <code className="mt-1 block break-words font-mono text-xs">{message}</code>
          )}
        </Step>
        <Then />
        <Step icon={<TriangleAlert aria-hidden />} name="What goes wrong" tone="text-failure">
          {wrong ?? "Not told"}
          {why !== null && <span className="mt-1 block text-ink-muted">Because: {why}</span>}
        </Step>
        <Then />
        <Step icon={<CircleCheck aria-hidden />} name="What to do instead" tone="text-success">
          {instead ?? "Not told"}
        </Step>
      </div>
      {Object.keys(rest).length > 0 && (
        <div className="mt-3">
          <JsonView value={rest} label="More of the error context" />
        </div>
      )}
    </section>
  )
}

function Step({
  icon,
  name,
  tone,
  children,
}: {
  icon: ReactNode
  name: string
  tone: string
  children: ReactNode
}) {
  return (
    <div className="min-w-0 rounded-md border border-line bg-sunken/60 p-3 text-sm">
      <h2 className={`mb-1 flex items-center gap-1.5 font-medium text-xs [&_svg]:size-3.5 ${tone}`}>
        {icon}
        {name}
      </h2>
      <div className="break-words">{children}</div>
    </div>
  )
}

function Then() {
  return (
    <ArrowRight
      aria-hidden
      className="size-4 rotate-90 self-center justify-self-center text-ink-faint lg:rotate-0"
    />
  )
}
