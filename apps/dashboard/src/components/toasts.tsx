"use client"

import { createContext, type ReactNode, useCallback, useContext, useState } from "react"
import { deferModule } from "./deferred-popup.tsx"

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

export type ShownToast = Toast & { id: string }

type Show = (toast: Toast) => () => void

const parts = deferModule(() => import("./toast-list.tsx"))

const ToastContext = createContext<Show | null>(null)

/** Holds the toasts of the page; once, around everything. Their code is fetched with the first one. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([])
  const [module, setModule] = useState(parts.loaded)
  const forget = useCallback(
    (id: string) => setToasts((before) => before.filter((toast) => toast.id !== id)),
    [],
  )
  const show = useCallback<Show>(
    (toast) => {
      const id = crypto.randomUUID()
      setToasts((before) => [...before, { ...toast, id }])
      void parts.load().then(setModule)
      return () => forget(id)
    },
    [forget],
  )
  return (
    <ToastContext value={show}>
      {children}
      {module !== null && <module.ToastList toasts={toasts} onGone={forget} />}
    </ToastContext>
  )
}

/** Shows a toast, and gives a function that takes it away. */
export function useToast(): Show {
  const show = useContext(ToastContext)
  if (show === null) throw new Error("useToast is called outside of the ToastProvider.")
  return show
}
