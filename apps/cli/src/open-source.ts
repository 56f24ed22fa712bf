import { existsSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { openChromaDirectory, openChromaServer } from "@reasoningbank/chroma"
import {
  type MemorySource,
  openExportDirectory,
  openTracesFile,
  ReasoningBankError,
  type TracesFile,
} from "@reasoningbank/core"
import { detectSource, openDialectSource } from "@reasoningbank/dialects"
import type { Environment } from "./env.ts"

export type SourceOptions = {
  source?: string | undefined
  dialect?: string | undefined
  chromadbDir?: string | undefined
  chromaUrl?: string | undefined
  tracesFile?: string | undefined
  /** A directory that `pnpm migrate export` wrote. */
  export?: string | undefined
}

export type OpenedSource = {
  source: MemorySource
  tracesFile: TracesFile | null
  close(): Promise<void>
}

const defaultDirectory = "chroma_data"

/** The Chroma directory that is to be read; null when it is a server, or not there. */
export function chromaDirectoryOf({
  options,
  environment,
  directory,
}: {
  options: SourceOptions
  environment: Environment
  directory: string
}): string | null {
  if (options.export !== undefined) return null
  if (options.source !== undefined) {
    const path = resolve(directory, options.source)
    const folder = basename(path) === "chroma.sqlite3" ? dirname(path) : path
    return existsSync(join(folder, "chroma.sqlite3")) ? folder : null
  }
  const isServer = (options.chromaUrl ?? environment.chromaUrl) !== undefined
  if (isServer && options.chromadbDir === undefined) return null
  const named = options.chromadbDir ?? environment.dataDirectory ?? defaultDirectory
  const chromaDirectory = resolve(directory, named)
  return existsSync(join(chromaDirectory, "chroma.sqlite3")) ? chromaDirectory : null
}

/**
 * Opens what the options name, else what the environment names, else ./chroma_data, with the
 * traces.json that lies in a directory unless another one is named.
 */
export async function openSource({
  options,
  environment,
  directory,
}: {
  options: SourceOptions
  environment: Environment
  /** What relative paths are relative to. */
  directory: string
}): Promise<OpenedSource> {
  refuseSeveral(options)
  if (options.source !== undefined) {
    return openPath({ options, path: resolve(directory, options.source), directory })
  }
  if (options.export !== undefined) {
    const source = await openExportDirectory(resolve(directory, options.export))
    return withTracesFile({ source, path: options.tracesFile, directory })
  }
  const url =
    options.chromadbDir === undefined ? (options.chromaUrl ?? environment.chromaUrl) : undefined
  if (url !== undefined) {
    const { chromaToken: token } = environment
    const source = await openChromaServer({ url, ...(token !== undefined && { token }) })
    return withTracesFile({ source, path: options.tracesFile, directory })
  }
  const chromaDirectory = resolve(
    directory,
    options.chromadbDir ?? environment.dataDirectory ?? defaultDirectory,
  )
  const isNamed = options.chromadbDir !== undefined || environment.dataDirectory !== undefined
  if (!isNamed && !existsSync(chromaDirectory)) throw noSource(chromaDirectory)
  return openChroma({ chromaDirectory, options, directory })
}

/** What lies at the path of `--source`, told by its content. */
async function openPath({
  options,
  path,
  directory,
}: {
  options: SourceOptions
  path: string
  directory: string
}): Promise<OpenedSource> {
  const detected = await detectSource({ path, dialect: options.dialect })
  const { dialect } = detected
  if (dialect === "chroma") {
    return openChroma({ chromaDirectory: detected.path, options, directory })
  }
  if (options.tracesFile !== undefined) {
    throw new ReasoningBankError({
      code: "usage",
      message: `A traces.json belongs to Chroma, and ${path} is a bank of the dialect ${dialect}.`,
      hint: "Leave --traces-file out.",
    })
  }
  const source = await openDialectSource({ ...detected, dialect })
  return { source, tracesFile: null, close: () => source.close() }
}

async function openChroma({
  chromaDirectory,
  options,
  directory,
}: {
  chromaDirectory: string
  options: SourceOptions
  directory: string
}): Promise<OpenedSource> {
  const source = await openChromaDirectory({ directory: chromaDirectory })
  const beside = join(chromaDirectory, "traces.json")
  const path = options.tracesFile ?? (existsSync(beside) ? beside : undefined)
  return withTracesFile({ source, path, directory })
}

function refuseSeveral({ source, dialect, chromadbDir, chromaUrl, ...more }: SourceOptions) {
  const named = Object.entries({
    "--source": source,
    "--chromadb-dir": chromadbDir,
    "--chroma-url": chromaUrl,
    "--export": more.export,
  }).flatMap(([option, value]) => (value === undefined ? [] : [option]))
  if (named.length > 1) {
    throw new ReasoningBankError({
      code: "usage",
      message: `${named.join(" and ")} are given; a migration has one source.`,
      hint: "Leave all but one of them out.",
    })
  }
  if (dialect === undefined || source !== undefined) return
  throw new ReasoningBankError({
    code: "usage",
    message: "--dialect is given without --source, whose content it tells.",
    hint: "Give --source PATH too.",
  })
}

async function withTracesFile({
  source,
  path,
  directory,
}: {
  source: MemorySource
  path: string | undefined
  directory: string
}): Promise<OpenedSource> {
  try {
    const tracesFile = path === undefined ? null : await openTracesFile(resolve(directory, path))
    return {
      source,
      tracesFile,
      async close() {
        await tracesFile?.close()
        await source.close()
      },
    }
  } catch (error) {
    await source.close()
    throw error
  }
}

function noSource(chromaDirectory: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "source:not_found",
    message: `No source is named, and the default ${chromaDirectory} does not exist.`,
    hint: "Give --source PATH, --chromadb-dir DIR or --chroma-url URL, or set REASONING_BANK_DATA or CHROMA_URL.",
  })
}
