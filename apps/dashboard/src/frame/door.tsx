import type { ReactNode } from "react"
import { Brand } from "../components/brand.tsx"

/** The plain page around forms before one is inside: login, sign-up, the first workspace. */
export function Door({
  title,
  description,
  children,
  footer,
}: {
  title: string
  description?: ReactNode
  children?: ReactNode
  footer?: ReactNode
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[12vh] pb-12">
      <Brand />
      <div className="mt-8 w-full max-w-sm rounded-lg border border-line bg-surface p-6">
        <h1 className="font-semibold text-lg">{title}</h1>
        {description !== undefined && <p className="mt-1 text-ink-muted text-sm">{description}</p>}
        {children !== undefined && <div className="mt-5">{children}</div>}
      </div>
      {footer !== undefined && <div className="mt-5 text-ink-muted text-sm">{footer}</div>}
    </main>
  )
}
