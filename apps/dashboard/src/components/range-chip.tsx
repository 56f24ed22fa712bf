"use client"

import { X } from "lucide-react"
import Link from "next/link"
import { usePathname, useSearchParams } from "next/navigation"
import { buttonStyle } from "./button.tsx"

/** Says that the page is narrowed to some days, and takes that back. */
export function RangeChip({ label }: { label: string }) {
  const pathname = usePathname()
  const query = new URLSearchParams(useSearchParams())
  query.delete("from")
  query.delete("to")
  const text = query.toString()
  return (
    <Link
      href={text === "" ? pathname : `${pathname}?${text}`}
      prefetch={false}
      className={buttonStyle()}
    >
      {label}
      <X aria-hidden />
      <span className="sr-only">Back to the whole period</span>
    </Link>
  )
}
