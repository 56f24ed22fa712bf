import { createRequire } from "node:module"
import process from "node:process"
import { isMainThread, Worker, workerData } from "node:worker_threads"

/** What `startChromaServer` starts: Chroma's own server in a thread, ended when the parent's pipe closes. */
const serverArguments: string[] = isMainThread ? process.argv.slice(2) : workerData.serverArguments

if (isMainThread) {
  // The server's thread never returns from native code, so an orderly exit would wait for it forever.
  process.stdin.on("close", () => process.kill(process.pid, "SIGKILL")).resume()
  const server = new Worker(new URL(import.meta.url), { workerData: { serverArguments } })
  server.on("error", (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
    process.stdin.destroy()
  })
} else {
  const [bindingsPackage, ...commandArguments] = serverArguments
  const here = createRequire(import.meta.url)
  const bindings = createRequire(here.resolve("chromadb"))(`${bindingsPackage}`)
  bindings.cli(["chroma", "run", ...commandArguments])
}
