"use client"

import { useCallback, useRef, useState } from "react"
import type { RowPage } from "../data/row-cursor.ts"

/** Rows page by page: the first is given, the next come from an address that answers with a `RowPage`. */
export function useRowPages<Row>({ first, address }: { first: RowPage<Row>; address: string }) {
  const [{ rows, next }, setPage] = useState(first)
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle")
  const isLoading = useRef(false)
  const loadMore = useCallback(async () => {
    if (next === null || isLoading.current) return
    isLoading.current = true
    setState("loading")
    try {
      const url = new URL(address, window.location.origin)
      url.searchParams.set("after", next)
      const response = await fetch(url, { headers: { accept: "application/json" } })
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
      const page: RowPage<Row> = await response.json()
      setPage((before) => ({ rows: [...before.rows, ...page.rows], next: page.next }))
      setState("idle")
    } catch {
      setState("failed")
    } finally {
      isLoading.current = false
    }
  }, [address, next])
  return { rows, hasMore: next !== null, state, loadMore }
}
