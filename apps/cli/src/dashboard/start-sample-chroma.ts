import { cp, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startChromaServer } from "@reasoningbank/chroma/server"

/**
 * A Chroma server on a copy of the sample bank, for the dashboard's playground: the bank itself stays closed, so that it
 * can be migrated again meanwhile. Ends, and its copy with it, when it is disposed of.
 */
export async function startSampleChroma({
  sampleDirectory,
}: {
  sampleDirectory: string
}): Promise<{ url: string } & AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), "reasoningbank-sample-chroma-"))
  const remove = () => rm(directory, { recursive: true, force: true })
  try {
    await cp(sampleDirectory, directory, { recursive: true })
    const server = await startChromaServer({ directory })
    const stop = async () => {
      await server.stop()
      await remove()
    }
    return { url: server.url, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await remove()
    throw error
  }
}
