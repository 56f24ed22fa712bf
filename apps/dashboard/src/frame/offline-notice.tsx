"use client"

import { WifiOff } from "lucide-react"
import { useEffect, useSyncExternalStore } from "react"

/** Says so while the browser is offline, and holds back links that would lose the page one still can read. */
export function OfflineNotice() {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
  useEffect(() => {
    if (isOnline) return
    const holdBack = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target.closest("a[href]") : null
      if (target === null) return
      event.preventDefault()
      event.stopPropagation()
    }
    document.addEventListener("click", holdBack, { capture: true })
    return () => document.removeEventListener("click", holdBack, { capture: true })
  }, [isOnline])
  return (
    <div role="status">
      {!isOnline && (
        <p className="flex items-center justify-center gap-2 bg-partial-soft px-4 py-1.5 text-center text-partial text-sm">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          You are offline. What you see is from before; links work again when you are back.
        </p>
      )}
    </div>
  )
}

function subscribe(onChange: () => void) {
  window.addEventListener("online", onChange)
  window.addEventListener("offline", onChange)
  return () => {
    window.removeEventListener("online", onChange)
    window.removeEventListener("offline", onChange)
  }
}
