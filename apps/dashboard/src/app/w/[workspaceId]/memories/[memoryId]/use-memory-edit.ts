"use client"

import { useEffect, useRef } from "react"
import { useToast } from "../../../../../components/toasts.tsx"
import type { ActionResult } from "../../../../../forms/run-action.ts"
import { editMemoryAction, type MemoryEdit } from "./actions.ts"

type Changes = MemoryEdit["changes"]

/** Writes a change, says that it is saved with a way back, or why it was refused. */
export function useMemoryEdit({
  workspaceId,
  id,
  updatedAt,
}: {
  workspaceId: string
  id: string
  updatedAt: string
}) {
  const toast = useToast()
  // A write of one's own is known before the page is read anew, and must not look like somebody else's.
  const newest = useRef(updatedAt)
  useEffect(() => {
    newest.current = updatedAt
  }, [updatedAt])
  const write = async (
    edit: Pick<MemoryEdit, "changes" | "expectedUpdatedAt">,
  ): Promise<ActionResult<string>> => {
    const answer = await editMemoryAction({ workspaceId, id, ...edit }).catch(() => ({
      status: "refused" as const,
      code: "unreachable" as const,
      message: "The server does not answer. Nothing was changed.",
    }))
    if (answer.status === "done") newest.current = answer.result
    return answer
  }
  const tellRefusal = (answer: ActionResult<string>) => {
    if (answer.status === "done") return
    const { message, hint, fieldErrors = {} } = answer
    toast({
      tone: "failure",
      title: "Not saved",
      description: [...Object.values(fieldErrors), message, hint].filter(Boolean).join(" "),
      timeoutInMs: 0,
    })
  }
  return async ({
    changes,
    before,
    saved,
    isRefusalShown = false,
  }: {
    changes: Changes
    /** What undo writes back. */
    before: Changes
    saved: string
    /** Whether the caller shows a refusal itself. */
    isRefusalShown?: boolean
  }): Promise<ActionResult<string>> => {
    const answer = await write({ changes, expectedUpdatedAt: newest.current })
    if (answer.status === "refused") {
      if (!isRefusalShown) tellRefusal(answer)
      return answer
    }
    toast({
      title: saved,
      action: {
        label: "Undo",
        run: () => {
          void write({ changes: before, expectedUpdatedAt: answer.result }).then(tellRefusal)
        },
      },
    })
    return answer
  }
}
