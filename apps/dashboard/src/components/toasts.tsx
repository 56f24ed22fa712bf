"use client"

import { Toast as Base } from "@base-ui/react/toast"
import { X } from "lucide-react"
import type { ReactNode } from "react"
import { buttonStyle } from "./button.tsx"

export type Toast = {
  title: string
  description?: string
  /** "failure" is read out at once. */
  tone?: "neutral" | "failure"
  /** Such as Undo; the toast goes when it is used. */
  action?: { label: string; run: () => void }
  /** Ten seconds unless said otherwise; 0 stays. */
  timeoutInMs?: number
}

/** Holds the toasts of the page; once, around everything. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider timeout={10_000}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-18 z-50 flex w-[calc(100vw-2rem)] max-w-sm flex-col gap-2 md:bottom-4">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

/** Shows a toast, and gives a function that takes it away. */
export function useToast(): (toast: Toast) => () => void {
  const manager = Base.useToastManager()
  return ({ title, description, tone = "neutral", action, timeoutInMs }) => {
    const id = manager.add({
      title,
      description,
      type: tone,
      priority: tone === "failure" ? "high" : "low",
      ...(timeoutInMs !== undefined && { timeout: timeoutInMs }),
      ...(action !== undefined && {
        actionProps: {
          children: action.label,
          onClick: () => {
            manager.close(id)
            action.run()
          },
        },
      }),
    })
    return () => manager.close(id)
  }
}

function ToastList() {
  const { toasts } = Base.useToastManager()
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className="rounded-lg border border-line bg-raised shadow-raised transition-opacity data-[type=failure]:border-failure/50 data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Base.Content className="flex items-center gap-2 py-2 pr-2 pl-4 text-sm">
        <div className="min-w-0 flex-1">
          <Base.Title className="font-medium" />
          <Base.Description className="text-ink-muted" />
        </div>
        {toast.actionProps !== undefined && (
          <Base.Action className={buttonStyle({ size: "small" })} />
        )}
        <Base.Close aria-label="Dismiss" className={buttonStyle({ tone: "quiet", size: "icon" })}>
          <X aria-hidden />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ))
}
