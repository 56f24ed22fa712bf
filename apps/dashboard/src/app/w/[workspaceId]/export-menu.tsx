"use client"

import { Download } from "lucide-react"
import { Button } from "../../../components/button.tsx"
import { Menu, MenuDownload } from "../../../components/menu.tsx"

const formats = [
  { format: "csv", label: "CSV, for spreadsheets" },
  { format: "json", label: "JSON" },
  { format: "jsonl", label: "JSON Lines" },
]

/** Files of everything that matches, not of the rows in sight. */
export function ExportMenu({ address, what }: { address: string; what: string }) {
  return (
    <Menu
      align="end"
      trigger={
        <Button>
          <Download aria-hidden />
          Export
        </Button>
      }
    >
      <p className="px-2 py-1 text-ink-muted text-xs">Download {what}</p>
      {formats.map(({ format, label }) => (
        <MenuDownload
          key={format}
          href={`${address}${address.includes("?") ? "&" : "?"}format=${format}`}
        >
          {label}
        </MenuDownload>
      ))}
    </Menu>
  )
}
