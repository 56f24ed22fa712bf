import { createServer, type IncomingMessage } from "node:http"
import { listenOnFreePort } from "./listen-on-free-port.ts"
import type { NativePostgresVersion } from "./postgres-installation.ts"
import { type NativePostgres, startNativePostgres } from "./start-native-postgres.ts"

export type SharedClusters = {
  /** Answers `GET /?version=16` with a `SharedClusterAnswer`, starting the server at the first request. */
  address: string
  stop: () => Promise<void>
}

export type SharedClusterAnswer =
  | { version: NativePostgresVersion; url: string }
  | { unavailable: string }

/** Lets the processes of one test run share one server per version, started when first asked for. */
export async function serveSharedClusters(options: {
  mayInstallSystemPackages: boolean
}): Promise<SharedClusters> {
  const clusters = new Map<string, Promise<NativePostgres>>()

  const clusterFor = (version: NativePostgresVersion | undefined) => {
    const key = String(version)
    const cluster = clusters.get(key) ?? startNativePostgres({ ...options, version })
    clusters.set(key, cluster)
    return cluster
  }
  const answer = async (request: IncomingMessage): Promise<SharedClusterAnswer> => {
    try {
      const { version, url } = await clusterFor(versionOf(request))
      return { version, url }
    } catch (cause) {
      return { unavailable: cause instanceof Error ? cause.message : String(cause) }
    }
  }
  const server = createServer(async (request, response) => {
    response.setHeader("connection", "close").end(JSON.stringify(await answer(request)))
  })
  const port = await listenOnFreePort(server)

  return {
    address: `http://127.0.0.1:${port}/`,
    stop: async () => {
      server.close()
      const started = await Promise.allSettled(clusters.values())
      for (const cluster of started) {
        if (cluster.status === "fulfilled") await cluster.value.stop()
      }
    },
  }
}

function versionOf(request: IncomingMessage): NativePostgresVersion | undefined {
  const { searchParams } = new URL(request.url ?? "/", "http://127.0.0.1")
  const wanted = Number(searchParams.get("version"))
  return ([15, 16, 18] as const).find((version) => version === wanted)
}
