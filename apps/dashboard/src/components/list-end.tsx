"use client"

import { RotateCw } from "lucide-react"
import { countOf } from "../formats/format-count.ts"
import { Button } from "./button.tsx"

/** Below a list: more is coming, could not be read, or that was all. */
export function ListEnd({
  state,
  hasMore,
  count,
  noun,
  onRetry,
}: {
  state: "idle" | "loading" | "failed"
  hasMore: boolean
  count: number
  noun: { one: string; many: string }
  onRetry: () => void
}) {
  if (state === "failed") {
    return (
      <div role="alert" className="flex items-center justify-center gap-3 py-4 text-sm">
        The next rows could not be read.
        <Button size="small" onClick={onRetry}>
          <RotateCw aria-hidden />
          Try again
        </Button>
      </div>
    )
  }
  return (
    <p aria-live="polite" className="py-4 text-center text-ink-muted text-sm">
      {state === "loading" || hasMore ? "Reading more …" : `${countOf(count, noun)}, all of them.`}
    </p>
  )
}
