"use client"

import { useEffect, useState } from "react"
import { formatDistance } from "./format-distance.ts"

const refreshInMs = 30_000

/** A moment as "3 min ago", with the exact time on hover and for screen readers. */
export function Time({ at }: { at: Date | string }) {
  const moment = new Date(at)
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), refreshInMs)
    return () => clearInterval(timer)
  }, [])
  const exact = `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`
  return (
    <time dateTime={moment.toISOString()} title={exact} className="whitespace-nowrap">
      {now === null ? exact.slice(0, 10) : formatDistance({ from: now, to: moment.getTime() })}
      <span className="sr-only"> ({exact})</span>
    </time>
  )
}
