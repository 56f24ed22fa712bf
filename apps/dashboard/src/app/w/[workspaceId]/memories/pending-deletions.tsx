"use client"

import { useRouter } from "next/navigation"
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react"
import { useToast } from "../../../../components/toasts.tsx"

const undoInMs = 8_000

type PendingDeletions = {
  isPending: (id: string) => boolean
  /** Deletes once the time to undo is over, or at once when the page is left. */
  remove: (memory: { id: string; title: string; address: string }) => void
}

const Context = createContext<PendingDeletions | null>(null)

export function usePendingDeletions(): PendingDeletions {
  const deletions = useContext(Context)
  if (deletions === null) throw new Error("usePendingDeletions is called outside of its provider.")
  return deletions
}

/** Memories that were deleted and can still be brought back: nothing was sent yet, so nothing of them is lost. */
export function PendingDeletionsProvider({ children }: { children: ReactNode }) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const pending = useRef(new Map<string, () => void>())
  const toast = useToast()
  const router = useRouter()

  const forget = useCallback((id: string) => {
    pending.current.delete(id)
    setIds((before) => new Set([...before].filter((other) => other !== id)))
  }, [])

  const send = useCallback(
    async ({ id, title, address }: { id: string; title: string; address: string }) => {
      const answer = await fetch(address, { method: "DELETE", keepalive: true }).catch(() => null)
      if (answer?.ok) {
        pending.current.delete(id)
        router.refresh()
        return
      }
      forget(id)
      const said = await readRefusal(answer)
      toast({
        tone: "failure",
        title: `“${title}” was not deleted`,
        description: said ?? "The server does not answer. Nothing was changed.",
        timeoutInMs: 0,
      })
    },
    [forget, router, toast],
  )

  const remove = useCallback<PendingDeletions["remove"]>(
    (memory) => {
      setIds((before) => new Set([...before, memory.id]))
      const carryOut = () => {
        clearTimeout(timer)
        close()
        pending.current.delete(memory.id)
        void send(memory)
      }
      const timer = setTimeout(carryOut, undoInMs)
      pending.current.set(memory.id, carryOut)
      const close = toast({
        title: "Memory deleted",
        description: memory.title,
        timeoutInMs: undoInMs,
        action: {
          label: "Undo",
          run: () => {
            clearTimeout(timer)
            forget(memory.id)
          },
        },
      })
    },
    [forget, send, toast],
  )

  useEffect(() => {
    const all = pending.current
    const flush = () => {
      for (const carryOut of [...all.values()]) carryOut()
    }
    window.addEventListener("pagehide", flush)
    return () => {
      window.removeEventListener("pagehide", flush)
      flush()
    }
  }, [])

  const value = useMemo(() => ({ isPending: (id: string) => ids.has(id), remove }), [ids, remove])
  return <Context value={value}>{children}</Context>
}

/** What the server said, where it said something. */
async function readRefusal(answer: Response | null): Promise<string | null> {
  const { message, hint = "" } = Object(await answer?.json().catch(() => null))
  return typeof message === "string" ? `${message} ${hint}` : null
}
