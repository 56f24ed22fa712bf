import type { ChildProcess } from "node:child_process"
import type { ModelProcessSettings } from "./model-messages.ts"
import { type ModelProcess, openModelProcess } from "./model-process.ts"
import { startModelProcess } from "./start-model-process.ts"
import type { VectorSource } from "./vector-source.ts"

/**
 * Vectors from a process of its own, started by the first call. When it could not be started or has
 * died, the next call tries again.
 */
export function createProcessSource({
  prepare,
  dimension,
  onStart,
}: {
  /** Called before each start. */
  prepare: (signal: AbortSignal) => Promise<ModelProcessSettings>
  dimension: number
  onStart?: (child: ChildProcess) => void
}): VectorSource {
  const closing = new AbortController()
  let current: Promise<ModelProcess> | null = null

  function start(): Promise<ModelProcess> {
    const forget = () => {
      if (current === started) current = null
    }
    const open = async () => {
      const settings = await prepare(closing.signal)
      closing.signal.throwIfAborted()
      const child = startModelProcess()
      onStart?.(child)
      return await openModelProcess({ child, settings, dimension, onEnd: forget })
    }
    const started = open()
    started.catch(forget)
    return started
  }

  return {
    async embed(texts, signal) {
      current ??= start()
      const process = await current
      signal.throwIfAborted()
      return await process.embed(texts, signal)
    },
    async close() {
      closing.abort()
      const process = await current?.catch(() => null)
      await process?.close()
    },
  }
}
