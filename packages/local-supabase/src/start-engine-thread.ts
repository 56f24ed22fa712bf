import { createWriteStream } from "node:fs"
import { Worker } from "node:worker_threads"
import type { Engine, EngineAnswer, EngineSettings } from "./engine.ts"
import { type EngineCall, type EngineMessage, unpackError } from "./engine-messages.ts"
import { LocalSupabaseError } from "./local-supabase-error.ts"

export type StartEngineThreadOptions = {
  settings: EngineSettings
  /** What lite and PGlite print goes there: their reports of failed requests are not for a terminal. */
  logFile: string
  log: (message: string) => void
  /** The thread died by itself; every call from then on fails with `server_lost`. */
  onLost: (error: LocalSupabaseError) => void
}

type Waiting = {
  resolve(value: EngineAnswer | Uint8Array<ArrayBuffer> | undefined): void
  reject(error: Error): void
}

/**
 * Starts the engine in a worker thread: a long query keeps PGlite's thread busy, not the one that answers HTTP.
 * Raises what the start raises.
 */
export async function startEngineThread(options: StartEngineThreadOptions): Promise<Engine> {
  const worker = new Worker(new URL("./engine-worker.ts", import.meta.url), {
    workerData: options.settings,
    stdout: true,
    stderr: true,
  })
  const output = createWriteStream(options.logFile, { mode: 0o600, flags: "a" })
  worker.stdout.pipe(output, { end: false })
  worker.stderr.pipe(output, { end: false })
  const waiting = new Map<number, Waiting>()
  let nextId = 0
  let lost: LocalSupabaseError | undefined
  let closing = false

  const ask = (call: DistributiveOmit<EngineCall, "id">, transfer: ArrayBuffer[] = []) => {
    if (lost !== undefined) return Promise.reject(lost)
    const id = nextId++
    return new Promise<EngineAnswer | Uint8Array<ArrayBuffer> | undefined>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      worker.postMessage({ ...call, id }, transfer)
    })
  }

  await new Promise<void>((resolve, reject) => {
    worker.on("message", (message: EngineMessage) => {
      if (message.kind === "log") options.log(message.text)
      else if (message.kind === "ready") resolve()
      else if (message.kind === "unable") {
        closing = true
        reject(unpackError(message.error))
        worker.terminate()
      } else {
        const call = waiting.get(message.id)
        waiting.delete(message.id)
        if (message.kind === "done") call?.resolve(message.value)
        else call?.reject(unpackError(message.error))
      }
    })
    const onEnd = (cause?: unknown) => {
      lost ??= new LocalSupabaseError({
        code: "server_lost",
        message: `The local database ended unexpectedly${cause instanceof Error ? `: ${cause.message}` : "."}`,
        hint: `Start again: what was acknowledged is kept. ${options.logFile} may tell why.`,
        cause,
      })
      for (const call of waiting.values()) call.reject(lost)
      waiting.clear()
      output.end()
      reject(lost)
      if (!closing) options.onLost(lost)
      closing = true
    }
    worker.on("error", onEnd)
    worker.on("exit", () => onEnd())
  })

  return {
    handle: async (request) => {
      const answer = await ask(
        { kind: "handle", request },
        request.body === null ? [] : [request.body.buffer],
      )
      if (answer === undefined || answer instanceof Uint8Array)
        throw new TypeError("Not an answer to a request.")
      return answer
    },
    runTransaction: async (frame) => {
      const rows = await ask({ kind: "transaction", frame }, [frame.buffer])
      if (!(rows instanceof Uint8Array)) throw new TypeError("Not an answer to a transaction.")
      return rows
    },
    close: async () => {
      closing = true
      await ask({ kind: "close" })
      await worker.terminate()
    },
  }
}

type DistributiveOmit<Type, Key extends PropertyKey> = Type extends unknown
  ? Omit<Type, Key>
  : never
