import { spawn } from "node:child_process"
import { once } from "node:events"
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { findFreePort } from "@reasoningbank/native-postgres"
import type { Product } from "./start-product.ts"

const dashboard = path.join(import.meta.dirname, "../../apps/dashboard")

/** The same build with its proxy taken out, as if a fault of the framework let every request pass it by. */
export async function startWithoutProxy(
  product: Pick<Product, "supabaseUrl" | "publishableKey">,
): Promise<{ url: string; close(): Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), "reasoningbank-bypass-"))
  const build = path.join(directory, ".next")
  await cp(path.join(dashboard, ".next"), build, {
    recursive: true,
    filter: (source) => !/\.next\/(cache|dev|trace)/.test(source),
  })
  for (const name of ["node_modules", "package.json"]) {
    await symlink(path.join(dashboard, name), path.join(directory, name))
  }
  await forgetProxy(path.join(build, "server"))
  const port = await findFreePort()
  const child = spawn(
    process.execPath,
    [path.join(dashboard, "node_modules/next/dist/bin/next"), "start", "--port", String(port)],
    {
      cwd: directory,
      stdio: "ignore",
      env: {
        ...{ PATH: "/usr/bin:/bin", HOME: directory, NODE_ENV: "production" },
        NEXT_TELEMETRY_DISABLED: "1",
        NEXT_PUBLIC_SUPABASE_URL: product.supabaseUrl,
        NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: product.publishableKey,
      },
    },
  )
  const ended = once(child, "exit")
  const url = `http://localhost:${port}`
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt++) {
    const answer = await fetch(`${url}/login`).catch(() => null)
    if (answer !== null) break
    await sleep(200)
  }
  return {
    url,
    close: async () => {
      child.kill("SIGTERM")
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Next.js finds the proxy by these lists of the build. */
async function forgetProxy(server: string): Promise<void> {
  for (const name of await readdir(server)) {
    if (!/^(middleware-manifest|functions-config-manifest)\.json$/.test(name)) continue
    const file = path.join(server, name)
    const manifest = JSON.parse(await readFile(file, "utf8"))
    await rm(file)
    await writeFile(
      file,
      JSON.stringify({ ...manifest, middleware: {}, functions: {}, sortedMiddleware: [] }),
    )
  }
}
