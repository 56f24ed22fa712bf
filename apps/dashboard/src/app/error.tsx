"use client"

import { useRouter } from "next/navigation"
import { startTransition } from "react"
import { ErrorState } from "../components/error-state.tsx"
import { readDataErrorCode } from "../data/data-error.ts"

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  const router = useRouter()
  const code = readDataErrorCode(error.digest)
  return (
    <ErrorState
      code={code}
      reference={code === "failed" ? error.digest : undefined}
      onRetry={() =>
        startTransition(() => {
          router.refresh()
          reset()
        })
      }
    />
  )
}
