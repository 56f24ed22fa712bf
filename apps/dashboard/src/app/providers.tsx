"use client"

import { CSPProvider } from "@base-ui/react/csp-provider"
import { ThemeProvider } from "next-themes"
import { NuqsAdapter } from "nuqs/adapters/next/app"
import { type ReactNode, useState } from "react"
import { ToastProvider } from "../components/toasts.tsx"

export function Providers({
  nonce: nonceOfRequest,
  children,
}: {
  nonce: string | undefined
  children: ReactNode
}) {
  // A later navigation brings another nonce, but the policy of the document stays that of its first request.
  const [nonce] = useState(nonceOfRequest)
  return (
    <CSPProvider nonce={nonce}>
      <ThemeProvider
        attribute="class"
        disableTransitionOnChange
        {...(nonce !== undefined && { nonce })}
      >
        <NuqsAdapter>
          <ToastProvider>
            <div className="isolate">{children}</div>
          </ToastProvider>
        </NuqsAdapter>
      </ThemeProvider>
    </CSPProvider>
  )
}
