import { type ChildProcess, fork } from "node:child_process"
import { extname } from "node:path"
import { fileURLToPath } from "node:url"

/** The entry has the extension of this file: `.ts` in the repository, `.js` in the package. */
const entry = new URL(`./minilm-process${extname(import.meta.url)}`, import.meta.url)

/**
 * Starts the process that runs the model. It is a process and no thread of this one, because
 * onnxruntime-node 1.14 can be loaded by one thread of a process only and takes the process with it when that ends.
 */
export function startModelProcess(): ChildProcess {
  return fork(fileURLToPath(entry), {
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  })
}
