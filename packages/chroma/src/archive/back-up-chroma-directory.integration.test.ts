import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { createGzip } from "node:zlib"
import { mountSmallDiskForTest } from "@reasoningbank/native-postgres/vitest"
import { listFiles } from "@reasoningbank/sqlite/testing"
import { pack } from "tar-stream"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openChromaDirectory } from "../open-chroma-directory.ts"
import { startChromaServer } from "../start-chroma-server.ts"
import { createChromaWriter } from "../testing/chroma-writer.ts"
import { collectRecords } from "../testing/collect-records.ts"
import { unpackFixture } from "../testing/unpack-fixture.ts"
import { manifestName } from "./archive-manifest.ts"
import { backUpChromaDirectory, type ChromaBackupOptions } from "./back-up-chroma-directory.ts"
import { archiveName } from "./place-archive.ts"
import { restoreChromaArchive } from "./restore-chroma-archive.ts"

let folder: string
let output: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chroma-backup-"))
  output = join(folder, "backups")
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const backUp = (options: Partial<ChromaBackupOptions> & { directory: string }) =>
  backUpChromaDirectory({ tracesFile: null, outputDirectory: output, reuse: true, ...options })

async function readAll(directory: string) {
  const source = await openChromaDirectory({ directory })
  try {
    const collections = await source.collections()
    return await Promise.all(
      collections.map(async (collection) => ({
        name: collection.name,
        records: await collectRecords(source.records(collection, { embeddings: true })),
      })),
    )
  } finally {
    await source.close()
  }
}

describe.each(["py-0.4.14", "py-0.5.23"] as const)("a directory of %s", (name) => {
  it("is archived untouched, opens with tar, and comes back record by record", async () => {
    const fixture = unpackFixture(name)
    try {
      const tracesFile = join(folder, "my-traces.json")
      writeFileSync(tracesFile, '[{"id": "t"}]')
      const before = listFiles(fixture.directory)
      const backup = await backUp({ directory: fixture.directory, tracesFile })
      expect(backup).toMatchObject({ isNew: true, path: join(output, archiveName(new Date())) })
      expect(listFiles(fixture.directory)).toEqual(before)
      expect(readdirSync(output)).toEqual([archiveName(new Date())])

      execFileSync("tar", ["xzf", backup.path, "-C", folder])
      expect(readFileSync(join(folder, name, "traces.json"), "utf8")).toBe('[{"id": "t"}]')
      const original = await readAll(fixture.directory)
      expect(await readAll(join(folder, name))).toEqual(original)

      const restored = join(folder, "deep", "restored")
      const manifest = await restoreChromaArchive({ archive: backup.path, directory: restored })
      expect(manifest).toEqual(backup.manifest)
      expect(await readAll(restored)).toEqual(original)
      expect(readdirSync(restored).sort()).toEqual(readdirSync(join(folder, name)).sort())
    } finally {
      fixture.remove()
    }
  })
})

describe("an archive that is there", () => {
  it("is kept: unchanged sources use it again, others get a name of their own", async () => {
    const { directory, remove } = unpackFixture("py-0.5.23")
    try {
      const first = await backUp({ directory })
      expect(await backUp({ directory })).toEqual({ ...first, isNew: false })

      // Another place, so another stamp, but the same content.
      const moved = join(folder, "moved")
      execFileSync("cp", ["-r", directory, moved])
      expect(await backUp({ directory: moved })).toEqual({ ...first, isNew: false })

      const database = new DatabaseSync(join(moved, "chroma.sqlite3"))
      database.exec("update embedding_metadata set string_value = 'x' where rowid = 1")
      database.close()
      const leftOver = join(output, ".chroma_backup-999999999-abc")
      mkdirSync(leftOver)
      const changed = await backUp({ directory: moved })
      expect(existsSync(leftOver)).toBe(false)
      expect(changed.path).toBe(first.path.replace(".tar.gz", "_2.tar.gz"))
      expect(changed.isNew).toBe(true)

      const named = await backUp({ directory, name: "mine.tar.gz", reuse: false })
      const again = await backUp({ directory, name: "mine.tar.gz", reuse: false })
      expect([named.path, again.path]).toEqual([
        join(output, "mine.tar.gz"),
        join(output, "mine_2.tar.gz"),
      ])

      truncateSync(first.path, first.bytes - 10)
      expect((await backUp({ directory })).isNew).toBe(true)
    } finally {
      remove()
    }
  })
})

describe("a damaged or foreign archive", () => {
  const damages: [string, (path: string) => void][] = [
    ["cut", (path) => truncateSync(path, 200_000)],
    ["cut within its manifest", (path) => truncateSync(path, 100)],
    ["no archive at all", (path) => writeFileSync(path, "hello")],
    ["empty", (path) => truncateSync(path, 0)],
    [
      "of another content",
      (path) => {
        const bytes = readFileSync(path)
        randomBytes(64).copy(bytes, bytes.length >> 1)
        writeFileSync(path, bytes)
      },
    ],
  ]
  it.each(damages)("%s is refused and leaves nothing", async (_, damage) => {
    const { directory, remove } = unpackFixture("py-0.5.23")
    try {
      const { path } = await backUp({ directory })
      damage(path)
      const restored = join(folder, "restored")
      await expect(
        restoreChromaArchive({ archive: path, directory: restored }),
      ).rejects.toMatchObject({ code: "backup:damaged" })
      expect(existsSync(restored)).toBe(false)
    } finally {
      remove()
    }
  })

  it("that names paths outside is refused", async () => {
    const archive = join(folder, "evil.tar.gz")
    const { directory, remove } = unpackFixture("py-0.5.23")
    try {
      const { manifest } = await backUp({ directory })
      const tar = pack()
      const files = [{ ...manifest.files[0], path: "../../evil" }]
      tar.entry({ name: manifestName }, JSON.stringify({ ...manifest, files }))
      tar.finalize()
      const chunks: Buffer[] = []
      for await (const chunk of tar.pipe(createGzip())) chunks.push(chunk)
      writeFileSync(archive, Buffer.concat(chunks))
      await expect(
        restoreChromaArchive({ archive, directory: join(folder, "restored") }),
      ).rejects.toMatchObject({ code: "backup:damaged" })
    } finally {
      remove()
    }
  })

  it("is not restored over anything", async () => {
    const { directory, remove } = unpackFixture("py-0.5.23")
    try {
      const { path } = await backUp({ directory })
      const restored = join(folder, "restored")
      mkdirSync(restored)
      writeFileSync(join(restored, "mine.txt"), "mine")
      await expect(
        restoreChromaArchive({ archive: path, directory: restored }),
      ).rejects.toMatchObject({ code: "backup:refused" })
      expect(readdirSync(restored)).toEqual(["mine.txt"])
    } finally {
      remove()
    }
  })
})

it("is made of a write-ahead log and of a journal that a killed writer left", async () => {
  const { directory, remove } = unpackFixture("py-0.5.23")
  try {
    const file = join(directory, "chroma.sqlite3")
    const database = new DatabaseSync(file)
    database.exec("pragma journal_mode = wal; update embedding_metadata set string_value = 'late'")
    const copy = join(folder, "copy")
    execFileSync("cp", ["-r", directory, copy])
    database.close()
    expect(existsSync(join(copy, "chroma.sqlite3-wal"))).toBe(true)
    const before = listFiles(copy)
    const { path } = await backUp({ directory: copy })
    expect(listFiles(copy)).toEqual(before)
    const restored = join(folder, "restored")
    await restoreChromaArchive({ archive: path, directory: restored })
    expect(await readAll(restored)).toEqual(await readAll(copy))

    const journalled = join(folder, "journalled")
    const writer = new DatabaseSync(file)
    writer.exec("pragma journal_mode = delete")
    const calm = await readAll(directory)
    writer.exec(
      "pragma cache_size = 1; begin; update embedding_metadata set string_value = 'never'",
    )
    execFileSync("cp", ["-r", directory, journalled])
    writer.exec("rollback")
    writer.close()
    expect(existsSync(join(journalled, "chroma.sqlite3-journal"))).toBe(true)
    const second = await backUp({ directory: journalled })
    const afterwards = join(folder, "afterwards")
    await restoreChromaArchive({ archive: second.path, directory: afterwards })
    expect(await readAll(afterwards)).toEqual(calm)
  } finally {
    remove()
  }
})

it("is of one moment although a server is writing and flushing", async () => {
  const directory = join(folder, "live")
  const server = await startChromaServer({ directory })
  try {
    const writer = createChromaWriter({ url: server.url })
    const hnsw = { sync_threshold: 150, batch_size: 50 }
    const id = await writer.createCollection({ name: "live", hnsw })
    const vector = (number: number) => [number, number / 3, 1]
    const write = async (number: number) => {
      await writer.add(id, {
        ids: [`r${number}`],
        embeddings: [vector(number)],
        metadatas: [{ number }],
      })
      await writer.upsert(id, {
        ids: ["last"],
        embeddings: [vector(number)],
        metadatas: [{ number }],
      })
    }
    let isDone = false
    let written = 0
    const writing = (async () => {
      for (; !isDone; written++) await write(written)
    })()
    const archives: string[] = []
    try {
      for (let round = 0; round < 6; round++) {
        const target = written + 60
        while (written < target) await new Promise((resolve) => setTimeout(resolve, 5))
        archives.push((await backUp({ directory, reuse: false })).path)
      }
    } finally {
      isDone = true
      await writing
    }
    expect(written).toBeGreaterThan(300)
    const counts: number[] = []
    for (const [round, archive] of archives.entries()) {
      const restored = join(folder, `restored-${round}`)
      await restoreChromaArchive({ archive, directory: restored })
      const [collection] = await readAll(restored)
      const records = collection?.records ?? []
      const numbered = records.filter((record) => record.id !== "last")
      const last = records.find((record) => record.id === "last")
      for (const [number, record] of numbered.entries()) {
        expect(record.id).toBe(`r${number}`)
        expect(record.embedding).toEqual(Float32Array.from(vector(number)))
      }
      const number = Number(last?.metadata?.number)
      expect(last?.embedding).toEqual(Float32Array.from(vector(number)))
      expect([number + 1, number + 2]).toContain(numbered.length)
      counts.push(numbered.length)
    }
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
  } finally {
    await server.kill()
  }
})

it("says that the disk is full and leaves nothing", async (context) => {
  const { path: small } = await mountSmallDiskForTest({ context, bytes: 3_600 * 1024 })
  const { directory, remove } = unpackFixture("py-0.5.23")
  try {
    const full = { code: "backup:not_written", message: expect.stringMatching(/full|needs/) }
    // The copy fits; of the archive only a part does.
    await expect(backUp({ directory, outputDirectory: small })).rejects.toMatchObject(full)
    expect(readdirSync(small)).toEqual([])

    const { path } = await backUp({ directory })
    copyFileSync(path, join(small, "archive.tar.gz"))
    const restored = join(small, "restored")
    await expect(
      restoreChromaArchive({ archive: path, directory: restored }),
    ).rejects.toMatchObject({ code: "backup:not_written" })
    expect(readdirSync(small)).toEqual(["archive.tar.gz"])
  } finally {
    remove()
  }
})
