"use client"

import { CSPProvider } from "@base-ui/react/csp-provider"
import { Tooltip } from "@base-ui/react/tooltip"
import { ThemeProvider } from "next-themes"
import { NuqsAdapter } from "nuqs/adapters/next/app"
import type { ReactNode } from "react"
import { ToastProvider } from "../components/toasts.tsx"

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
            <ToastProvider>
              <div className="isolate">{children}</div>
            </ToastProvider>
          </Tooltip.Provider>
        </NuqsAdapter>
      </ThemeProvider>
    </CSPProvider>
  )
}
