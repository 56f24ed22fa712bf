"use client"

import { CSPProvider } from "@base-ui/react/csp-provider"
import { Tooltip } from "@base-ui/react/tooltip"
import { ThemeProvider } from "next-themes"
import { NuqsAdapter } from "nuqs/adapters/next/app"
import type { ReactNode } from "react"

export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <CSPProvider nonce={nonce}>
      <ThemeProvider
        attribute="class"
        disableTransitionOnChange
        {...(nonce !== undefined && { nonce })}
      >
        <NuqsAdapter>
          <Tooltip.Provider delay={300}>
            <div className="isolate">{children}</div>
          </Tooltip.Provider>
        </NuqsAdapter>
      </ThemeProvider>
    </CSPProvider>
  )
}
