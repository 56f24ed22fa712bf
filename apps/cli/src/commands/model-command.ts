import { stat } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"
import { obtainModel } from "@reasoningbank/embeddings"
import { createFetchLine } from "../create-fetch-line.ts"
import { readEnvironment } from "../env.ts"
import { exitCode } from "../exit-code.ts"
import { formatBytes } from "../format-figures.ts"
import { createTerminal } from "../terminal.ts"

export type ModelOptions = { q8?: true; directory?: string }

/** Runs `pnpm model`: has the model's files in place and says where. Returns the exit code. */
export async function runModel({
  options,
  directory,
  signal,
}: {
  options: ModelOptions
  directory: string
  signal: AbortSignal
}): Promise<number> {
  const terminal = createTerminal((text) => text)
  const place = options.directory ?? readEnvironment(directory).modelDirectory
  const precision = options.q8 ? "q8" : "fp32"
  const line = createFetchLine()
  let origin = ""
  try {
    const paths = await obtainModel({
      precision,
      modelDirectory: null,
      cacheDirectory: place === undefined ? undefined : resolve(directory, place),
      signal,
      onProgress: (progress) => {
        // Without a terminal there is no bar: each origin is named once.
        if (!terminal.showsProgress && progress.from !== origin) terminal.note(line(progress))
        origin = progress.from
        terminal.status(line(progress))
      },
    })
    const sizes = await Promise.all(
      Object.values(paths).map(async (path) => (await stat(path)).size),
    )
    const size = formatBytes(sizes.reduce((sum, bytes) => sum + bytes, 0))
    terminal.print(
      `The model all-MiniLM-L6-v2 in ${precision} is there: ${dirname(paths["model.onnx"])} (${size}, checked).`,
    )
    return exitCode.done
  } catch (error) {
    if (!signal.aborted) throw error
    throw new ReasoningBankError({
      code: "interrupted",
      message: "The model was not fetched: the command was interrupted.",
      hint: "Run `pnpm model` again.",
    })
  } finally {
    terminal.clearStatus()
  }
}
