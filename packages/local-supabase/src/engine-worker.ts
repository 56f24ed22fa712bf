import { parentPort, workerData } from "node:worker_threads"
import type { EngineSettings } from "./engine.ts"
import type { EngineCall, EngineMessage } from "./engine-messages.ts"
import { packError } from "./engine-messages.ts"
import { startEmbeddedEngine } from "./start-embedded-engine.ts"
import { startNativeEngine } from "./start-native-engine.ts"

const port = parentPort
if (port === null) throw new Error("engine-worker.ts is the body of a worker thread.")

const settings: EngineSettings = workerData
const post = (message: EngineMessage, transfer: ArrayBuffer[] = []) =>
  port.postMessage(message, transfer)
const log = (text: string) => post({ kind: "log", text })

try {
  const { database } = settings
  const engine =
    database.kind === "embedded"
      ? await startEmbeddedEngine({ settings, database, log })
      : await startNativeEngine({ settings, database, log })
  port.on("message", async (call: EngineCall) => {
    try {
      if (call.kind === "handle") {
        const answer = await engine.handle(call.request)
        post({ kind: "done", id: call.id, value: answer }, [answer.body.buffer])
      } else if (call.kind === "transaction") {
        const value = await engine.runTransaction(call.frame)
        post({ kind: "done", id: call.id, value }, [value.buffer])
      } else {
        await engine.close()
        post({ kind: "done", id: call.id, value: undefined })
        port.close()
      }
    } catch (error) {
      post({ kind: "failed", id: call.id, error: packError(error) })
    }
  })
  post({ kind: "ready" })
} catch (error) {
  post({ kind: "unable", error: packError(error) })
  port.close()
}
