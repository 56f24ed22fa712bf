"use client"

import { useWindowVirtualizer } from "@tanstack/react-virtual"
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react"

/** The screen a server draws for, until the browser has measured its own. */
const firstRect = { width: 1280, height: 1_000 }

/**
 * Rows of a list that scrolls with the page: only those in sight are drawn. Arrow keys, j and k go from row to row; each
 * row holds one link. `onNearEnd` is called when the last rows come into sight.
 */
export function VirtualRows<Row extends { id: string }>({
  label,
  rows,
  rowHeight,
  renderRow,
  onNearEnd,
}: {
  label: string
  rows: readonly Row[]
  /** In pixels, before a row is measured. */
  rowHeight: number
  renderRow: (row: Row) => ReactNode
  onNearEnd?: () => void
}) {
  const list = useRef<HTMLUListElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  useEffect(() => setScrollMargin(list.current?.offsetTop ?? 0), [])
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    initialRect: firstRect,
    overscan: 8,
    scrollMargin,
  })
  const items = virtualizer.getVirtualItems()
  const isNearEnd = (items.at(-1)?.index ?? 0) >= rows.length - 12
  useEffect(() => {
    if (isNearEnd && rows.length > 0) onNearEnd?.()
  }, [isNearEnd, rows.length, onNearEnd])
  return (
    <ul
      ref={list}
      aria-label={label}
      onKeyDown={moveBetweenRows}
      className="relative"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {items.map(({ index, key, start }) => {
        const row = rows[index]
        return (
          row !== undefined && (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0 border-line border-b"
              style={{ transform: `translateY(${start - virtualizer.options.scrollMargin}px)` }}
            >
              {renderRow(row)}
            </li>
          )
        )
      })}
    </ul>
  )
}

function moveBetweenRows(event: KeyboardEvent<HTMLUListElement>) {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
  if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("li > a")]
  const here = links.findIndex((link) => link.contains(document.activeElement))
  const next = links[here + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
