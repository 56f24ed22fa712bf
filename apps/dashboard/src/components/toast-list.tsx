"use client"

import { Toast as Base } from "@base-ui/react/toast"
import { X } from "lucide-react"
import { useEffect } from "react"
import { buttonStyle } from "./button.tsx"
import type { ShownToast } from "./toasts.tsx"

/** Shows toasts, the newest in front; `onGone` is told of each that went. */
export function ToastList({
  toasts,
  onGone,
}: {
  toasts: readonly ShownToast[]
  onGone: (id: string) => void
}) {
  return (
    <Base.Provider timeout={10_000} limit={5}>
      <Mirror toasts={toasts} onGone={onGone} />
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-18 z-50 flex w-[calc(100vw-2rem)] max-w-sm flex-col gap-2 md:bottom-4">
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

/** Hands what came and went on to the manager, which keeps the time. */
function Mirror({
  toasts,
  onGone,
}: {
  toasts: readonly ShownToast[]
  onGone: (id: string) => void
}) {
  const manager = Base.useToastManager()
  useEffect(() => {
    const known = new Set(manager.toasts.map(({ id }) => id))
    for (const { id, title, description, tone = "neutral", action, timeoutInMs } of toasts) {
      if (known.delete(id)) continue
      manager.add({
        id,
        title,
        description,
        type: tone,
        priority: tone === "failure" ? "high" : "low",
        onRemove: () => onGone(id),
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
    }
    for (const id of known) manager.close(id)
  }, [toasts])
  return null
}

function List() {
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
