"use client"

import { Menu as Base } from "@base-ui/react/menu"
import type { ReactNode } from "react"
import { itemStyle } from "./popup-style.ts"

/** An entry of a menu that fetches a file. */
export function MenuDownload({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Base.LinkItem className={itemStyle} closeOnClick render={<a href={href} download />}>
      {children}
    </Base.LinkItem>
  )
}
