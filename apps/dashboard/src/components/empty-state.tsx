import type { ReactNode } from "react"
import { CommandLine } from "./command-line.tsx"

/** Teaches: what will appear here, and the one command that makes it appear. */
export function EmptyState({
  icon,
  title,
  children,
  command,
  action,
  level: Heading = "h2",
}: {
  icon?: ReactNode
  title: string
  children?: ReactNode
  command?: string
  action?: ReactNode
  /** `h1` where it is the whole page. */
  level?: "h1" | "h2"
}) {
  return (
    <div className="flex flex-col items-center px-6 py-16 text-center">
      {icon !== undefined && (
        <div className="mb-4 grid size-10 place-items-center rounded-lg border border-line bg-surface text-ink-muted [&_svg]:size-5">
          {icon}
        </div>
      )}
      <Heading className="font-medium text-lg">{title}</Heading>
      {children !== undefined && (
        <div className="mt-1 max-w-[56ch] text-balance text-base text-ink-muted">{children}</div>
      )}
      {command !== undefined && (
        <div className="mt-5 w-full max-w-xl">
          <CommandLine command={command} />
        </div>
      )}
      {action !== undefined && <div className="mt-5">{action}</div>}
    </div>
  )
}
