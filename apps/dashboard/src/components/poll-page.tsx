"use client"

import { useRouter } from "next/navigation"
import { startTransition, useEffect } from "react"

/** Reads the page anew every so often while it is open and visible; what is shown stays until then. */
export function PollPage({ everyInMs }: { everyInMs: number }) {
  const router = useRouter()
  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === "visible") startTransition(() => router.refresh())
    }
    const timer = setInterval(refresh, everyInMs)
    document.addEventListener("visibilitychange", refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener("visibilitychange", refresh)
    }
  }, [router, everyInMs])
  return null
}
