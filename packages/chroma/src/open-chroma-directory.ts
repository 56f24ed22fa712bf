import { existsSync } from "node:fs"
import { stat } from "node:fs/promises"
import { join, resolve } from "node:path"
import { createWarningCounter, type MemorySource, ReasoningBankError } from "@reasoningbank/core"
import { type OpenSqliteFile, openSqliteFile, toSqliteError } from "@reasoningbank/sqlite"
import { type ChromaCollection, readChromaCollections } from "./chroma-collections.ts"
import { type ChromaLayout, readChromaLayout } from "./chroma-layout.ts"
import { createCollectionReader } from "./collection-reader.ts"
import { type DirectoryStamp, stampDirectory } from "./directory-stamp.ts"
import { UnusableIndexError } from "./hnsw-header.ts"
import { checkCatalog } from "./table-integrity.ts"

export type ChromaDirectoryOptions = {
  /** What Chroma calls the persist directory: the one with `chroma.sqlite3` in it. */
  directory: string
  /** Where a copy goes when the database can not be read in place. @default the system's */
  temporaryDirectory?: string
  /** Raise an error where a record would come without its vector. @default false */
  strict?: boolean
  /** Only collections with these names. @default all */
  collectionNames?: string[]
}

const databaseFile = "chroma.sqlite3"
const mostAttempts = 3

/**
 * Opens a directory that Chroma 0.4.0 to 1.5 wrote, without Chroma and without writing a byte to it:
 * SQLite has everything but the flushed vectors, hnswlib's files have those. What a killed writer left
 * behind is completed from the log. A record whose vector can not be read comes with `embedding: null`
 * and is counted among the warnings; no text is lost because of a vector.
 *
 * @throws `source:not_found`, `source:unsupported` (before 0.4), `source:not_sqlite`,
 *   `source:not_chroma`, `source:sqlite`, `source:changed`; when reading also `source:hnsw` and
 *   `source:log_vector`, in strict reading
 */
export async function openChromaDirectory({
  directory,
  temporaryDirectory,
  strict = false,
  collectionNames,
}: ChromaDirectoryOptions): Promise<MemorySource> {
  const location = resolve(directory)
  await checkDirectory(location)
  const { stamp, file } = await openQuietly({ location, temporaryDirectory })
  const { database } = file
  const warnings = createWarningCounter()

  const assertUnchanged = async () => {
    if ((await stampDirectory(location)) !== stamp) throw changed(location)
  }

  try {
    const { layout, collections } = readCatalog({ database })
    const chosen = choose({ collections, collectionNames })
    if (layout.newer) {
      const message = `The database has migrations newer than this reader knows (${layout.version}); the columns it knows are there.`
      warnings.count({ code: "newer_layout", message })
    }
    const reader = createCollectionReader({
      directory: location,
      database,
      layout,
      strict,
      warnings,
    })

    return {
      describe: () => ({ kind: "chroma-directory", location, version: layout.version }),
      async collections() {
        try {
          return chosen.map(reader.describe)
        } catch (error) {
          await assertUnchanged()
          throw toSqliteError({ error, reading: "The list of collections" })
        }
      },
      async *records(collection, options) {
        const found = chosen.find(({ id }) => id === collection.id)
        if (found === undefined) throw noCollection({ name: collection.name, collections: chosen })
        try {
          yield* reader.read(found, options)
        } catch (error) {
          if (options.signal?.aborted) throw error
          await assertUnchanged()
          throw nameCollection({ error, collection: found })
        }
      },
      assertUnchanged,
      warnings: warnings.warnings,
      close: file.close,
    }
  } catch (error) {
    await file.close()
    await assertUnchanged()
    throw toSqliteError({ error, reading: "The catalog" })
  }
}

async function checkDirectory(location: string): Promise<void> {
  const isDirectory = await stat(location).then(
    (found) => found.isDirectory(),
    () => null,
  )
  if (isDirectory === null || !isDirectory) {
    throw new ReasoningBankError({
      code: "source:not_found",
      message: `${location} ${isDirectory === null ? "does not exist or can not be entered" : "is not a directory"}.`,
      hint: `Give the directory that Chroma persists to; it has a file ${databaseFile}.`,
    })
  }
  if (existsSync(join(location, databaseFile))) return
  const old = ["chroma-collections.parquet", "chroma-embeddings.parquet"]
  if (old.some((name) => existsSync(join(location, name)))) {
    throw new ReasoningBankError({
      code: "source:unsupported",
      message: `${location} was written by Chroma before 0.4 (DuckDB and parquet files), which this reader does not read.`,
      hint: "Upgrade it with Chroma's own tool (pip install chroma-migrate), then give the upgraded directory.",
    })
  }
  throw new ReasoningBankError({
    code: "source:not_found",
    message: `${location} is no Chroma directory: it has no file ${databaseFile}.`,
    hint: `Give the directory that Chroma persists to; it has a file ${databaseFile}.`,
  })
}

/** A copy taken while somebody writes would be of two states, so it is taken again. */
async function openQuietly({
  location,
  temporaryDirectory,
}: {
  location: string
  temporaryDirectory: string | undefined
}): Promise<{ stamp: DirectoryStamp; file: OpenSqliteFile }> {
  for (let attempt = 1; ; attempt++) {
    const stamp = await stampDirectory(location)
    let file: OpenSqliteFile | undefined
    try {
      file = await openSqliteFile({ file: join(location, databaseFile), temporaryDirectory })
      if ((await stampDirectory(location)) === stamp) return { stamp, file }
      await file.close()
    } catch (error) {
      await file?.close()
      if ((await stampDirectory(location)) === stamp || attempt === mostAttempts) {
        throw toSqliteError({ error, reading: databaseFile })
      }
    }
    if (attempt === mostAttempts) throw changed(location)
  }
}

function readCatalog({ database }: Pick<OpenSqliteFile, "database">): {
  layout: ChromaLayout
  collections: ChromaCollection[]
} {
  const layout = readChromaLayout(database)
  const tables = ["collections", "segments", "segment_metadata", "max_seq_id"]
  checkCatalog({ database, tables: layout.databases ? [...tables, "databases"] : tables })
  return { layout, collections: readChromaCollections({ database, layout }) }
}

function choose({
  collections,
  collectionNames,
}: {
  collections: ChromaCollection[]
  collectionNames: string[] | undefined
}): ChromaCollection[] {
  if (collectionNames === undefined) return collections
  for (const name of collectionNames) {
    if (!collections.some((collection) => collection.name === name)) {
      throw noCollection({ name, collections })
    }
  }
  return collections.filter(({ name }) => collectionNames.includes(name))
}

function noCollection({
  name,
  collections,
}: {
  name: string
  collections: ChromaCollection[]
}): ReasoningBankError {
  const names = [...new Set(collections.map((collection) => `"${collection.name}"`))]
  return new ReasoningBankError({
    code: "source:not_found",
    message: `There is no collection "${name}" in this directory.`,
    hint:
      names.length === 0 ? "It has no collections." : `It has ${names.slice(0, 20).join(", ")}.`,
  })
}

function nameCollection({
  error,
  collection: { name, tenant, database },
}: {
  error: unknown
  collection: ChromaCollection
}): ReasoningBankError {
  const code = error instanceof UnusableIndexError ? "source:hnsw" : null
  const { code: sqliteCode, message, hint } = toSqliteError({ error, reading: "A page of records" })
  return new ReasoningBankError({
    code: code ?? sqliteCode,
    message: `Collection "${name}" (${tenant}/${database}) could not be read. ${message}`,
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  })
}

function changed(location: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "source:changed",
    message: `${location} was written to while it was being read.`,
    hint: "Stop Chroma, then run again.",
  })
}
