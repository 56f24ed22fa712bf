"use client"

import { CloudOff, Lock, RotateCw, TimerOff, TriangleAlert } from "lucide-react"
import type { DataErrorCode } from "../data/data-error.ts"
import { Button } from "./button.tsx"

type Explanation = { Icon: typeof Lock; title: string; text: string }

const failed: Explanation = {
  Icon: TriangleAlert,
  title: "This could not be shown",
  text: "Something failed on the way to the figures. Nothing was changed. Try again; if it stays, the server's log has the reason.",
}

const explanations: Partial<Record<DataErrorCode, Explanation>> = {
  unreachable: {
    Icon: CloudOff,
    title: "The database does not answer",
    text: "Your memories are safe where they are; this page just can not reach them. Check that Supabase is running and the project is not paused, then try again.",
  },
  forbidden: {
    Icon: Lock,
    title: "Your role does not allow this",
    text: "Nothing was changed. An owner of the workspace can change your role.",
  },
  too_slow: {
    Icon: TimerOff,
    title: "This took too long",
    text: "The database stopped the question before it was answered. Try a shorter period or fewer filters.",
  },
}

/** Says what failed, what is safe, and what to do. An error never looks like an empty page or a zero. */
export function ErrorState({
  code,
  reference,
  onRetry,
}: {
  code: DataErrorCode
  /** What the server's log calls it. */
  reference?: string | undefined
  onRetry?: () => void
}) {
  const { Icon, title, text } = explanations[code] ?? failed
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-16 text-center">
      <div className="mb-4 grid size-10 place-items-center rounded-lg bg-failure-soft text-failure">
        <Icon aria-hidden className="size-5" />
      </div>
      <h1 className="font-medium text-lg">{title}</h1>
      <p className="mt-1 max-w-[56ch] text-balance text-ink-muted">{text}</p>
      {reference !== undefined && (
        <p className="mt-2 font-mono text-ink-faint text-xs">Reference {reference}</p>
      )}
      {onRetry !== undefined && (
        <Button className="mt-5" onClick={onRetry}>
          <RotateCw aria-hidden />
          Try again
        </Button>
      )}
    </div>
  )
}
