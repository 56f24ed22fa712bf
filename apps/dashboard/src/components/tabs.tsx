"use client"

import { Tabs as Base } from "@base-ui/react/tabs"
import type { ReactNode } from "react"

export type Tab = { value: string; label: ReactNode; content: ReactNode }

/** Several views of one thing; only the chosen one is shown. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <Base.Root defaultValue={tabs[0]?.value ?? null}>
      <Base.List aria-label={label} className="flex gap-4 border-line border-b">
        {tabs.map(({ value, label: text }) => (
          <Base.Tab
            key={value}
            value={value}
            className="-mb-px h-9 border-transparent border-b-2 text-ink-muted text-sm hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {text}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map(({ value, content }) => (
        <Base.Panel key={value} value={value} className="pt-4">
          {content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
