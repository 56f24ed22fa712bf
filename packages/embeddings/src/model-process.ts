import type { ChildProcess } from "node:child_process"
import { Socket } from "node:net"
import { modelFailed, modelNotLoaded, processEnded } from "./model-errors.ts"
import type { MessageFromModel, MessageToModel, ModelProcessSettings } from "./model-messages.ts"

export type ModelProcess = {
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>
  /** Resolves when the process has ended, which it does after the batch it is at. */
  close(): Promise<void>
}

type Call = {
  texts: number
  resolve: (vectors: Float32Array[]) => void
  reject: (error: unknown) => void
}

const keptErrorOutput = 500

/**
 * Speaks with a process of `startModelProcess` once that has loaded the model. Running calls fail with
 * `embedding:failed` when it dies. It keeps this process alive only while a call is running.
 */
export async function openModelProcess({
  child,
  settings,
  dimension,
  onEnd,
}: {
  child: ChildProcess
  settings: ModelProcessSettings
  dimension: number
  onEnd: () => void
}): Promise<ModelProcess> {
  const calls = new Map<number, Call>()
  let lastId = 0
  let errorOutput = ""
  const post = (message: MessageToModel) => child.send(message, () => {})
  const settle = (id: number): Call | undefined => {
    const call = calls.get(id)
    calls.delete(id)
    if (calls.size === 0) holdProcess(child, false)
    return call
  }

  child.stderr?.on("data", (chunk) => {
    errorOutput = (errorOutput + String(chunk)).slice(-keptErrorOutput)
  })
  const ended = new Promise<Error>((resolve) => {
    const end = (why: string) => {
      onEnd()
      const error = processEnded({ why, output: errorOutput })
      for (const id of [...calls.keys()]) settle(id)?.reject(error)
      resolve(error)
    }
    child.once("error", (error) => end(error.message))
    child.once("exit", (code, signal) => end(signal ?? `exit code ${code}`))
  })
  const loaded = new Promise<void>((resolve, reject) => {
    child.on("message", (message: MessageFromModel) => {
      if (message.type === "ready") resolve()
      else if (message.type === "not_loaded") reject(modelNotLoaded(message.reason))
      else if (message.type === "failed") settle(message.id)?.reject(modelFailed(message.reason))
      else {
        const call = settle(message.id)
        call?.resolve(split({ ...message, count: call.texts, dimension }))
      }
    })
    ended.then(reject)
  })

  post({ type: "load", settings })
  try {
    await loaded
  } catch (error) {
    disconnect(child)
    throw error
  }
  holdProcess(child, false)

  return {
    embed(texts, signal) {
      const id = ++lastId
      return new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => {
          if (settle(id) === undefined) return
          post({ type: "cancel", id })
          reject(signal.reason)
        })
        calls.set(id, { texts: texts.length, resolve, reject })
        holdProcess(child, true)
        post({ type: "embed", id, texts })
      })
    },
    async close() {
      holdProcess(child, true)
      disconnect(child)
      await ended
    },
  }
}

/** Whether the child keeps this process alive. */
function holdProcess(child: ChildProcess, isHeld: boolean) {
  const handles = [child, child.channel, child.stderr instanceof Socket ? child.stderr : null]
  for (const handle of handles) isHeld ? handle?.ref() : handle?.unref()
}

/** Tells the child to end. */
function disconnect(child: ChildProcess) {
  if (child.connected) child.disconnect()
}

function split({
  vectors,
  count,
  dimension,
}: {
  vectors: Float32Array
  count: number
  dimension: number
}) {
  return Array.from({ length: count }, (_, row) =>
    vectors.slice(row * dimension, (row + 1) * dimension),
  )
}
