import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import process from "node:process"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { buildChromaDatabase } from "./testing/build-chroma-database.ts"
import { compareSnapshots } from "./testing/compare-snapshots.ts"
import { createRandom, listTargets, mutateFile } from "./testing/directory-mutations.ts"
import { type DirectorySnapshot, readSnapshot } from "./testing/read-snapshot.ts"
import { unpackFixture } from "./testing/unpack-fixture.ts"

/** CHROMA_MUTATIONS=5000 and CHROMA_SEED=2 for a longer run with other damage. */
const mutations = Number(process.env.CHROMA_MUTATIONS ?? 120)
const seed = Number(process.env.CHROMA_SEED ?? 1)
const longestReadInMs = 10_000

/** One byte can change one value; a lost page of norms or vectors as many as lie on it. */
const isManyValues = /(length|data_level0)\.bin/

const writers: Record<string, (folder: string) => string> = {
  "Python 0.4.14": (folder) => unpackTo({ folder, name: "py-0.4.14" }),
  "Python 0.5.23": (folder) => unpackTo({ folder, name: "py-0.5.23" }),
  "hands, as 1.5 would": (folder) => {
    buildChromaDatabase({ directory: folder, layout: "1.5", ...handmade() })
    return folder
  },
}

describe.each(Object.keys(writers))("damage to a directory written by %s", (writer) => {
  let folder: string
  let directory: string
  let before: DirectorySnapshot
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "chroma-damage-"))
    directory = writers[writer]?.(folder) ?? folder
    before = await readSnapshot(directory)
    expect(before.error).toBeNull()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it(
    "gives an error or a warning, but nothing under another id",
    async () => {
      const targets = listTargets(directory)
      const total = targets.reduce((sum, { weight }) => sum + weight, 0)
      const tally = { same: 0, changed: 0, withoutVector: 0, error: 0 }
      for (let count = 0; count < mutations; count++) {
        const random = createRandom(seed * 1_000_003 + count * 7_919)
        for (let discarded = 0; discarded < 10; discarded++) random.below(2)
        let pick = random.below(total)
        const target = targets.find(({ weight }) => {
          pick -= weight
          return pick < 0
        })
        if (target === undefined) throw new Error("nothing to damage")
        const mutation = mutateFile({ file: target.file, random })
        const start = performance.now()
        const after = await readSnapshot(directory)
        const { faults, changes, withoutVector } = compareSnapshots({ before, after })
        mutation.undo()
        const what = `mutation ${count}: ${mutation.description}`
        expect(faults, what).toEqual([])
        expect(performance.now() - start, what).toBeLessThan(longestReadInMs)
        if (!isManyValues.test(mutation.description)) {
          expect(changes.length, `${what}: ${changes.slice(0, 5)}`).toBeLessThanOrEqual(1)
        }
        const failed = after.error ?? [...after.collections.values()].find(({ error }) => error)
        if (failed) tally.error++
        else if (changes.length > 0) tally.changed++
        else if (withoutVector > 0) tally.withoutVector++
        else tally.same++
      }
      expect(tally.error).toBeGreaterThan(0)
      expect(tally.same).toBeGreaterThan(0)
      expect(process.resourceUsage().maxRSS).toBeLessThan(1_500_000)
      expect(await readSnapshot(directory)).toEqual(before)
    },
    60_000 + mutations * 500,
  )
})

function unpackTo({ folder, name }: { folder: string; name: "py-0.4.14" | "py-0.5.23" }): string {
  const fixture = unpackFixture(name)
  cpSync(fixture.directory, folder, { recursive: true })
  fixture.remove()
  return folder
}

/** A hundred records, some changed and some deleted, of which only the log has the vectors. */
function handmade() {
  const ids = Array.from({ length: 100 }, (_, at) => `id-${at}`)
  const added = ids.map((id, at) => ({
    operation: 0,
    id,
    vector: [at, at / 3],
    metadata: JSON.stringify({ n: at }),
  }))
  const updated = ids.slice(0, 20).map((id, at) => ({
    operation: 1,
    id,
    vector: at % 2 === 0 ? [-at - 1, 0.5] : null,
    metadata: "{}",
  }))
  const stored = ids.map((id, at) => ({
    id,
    lastChange: at < 20 ? 101 + at : at + 1,
    metadata: {
      "chroma:document": ["string_value", `text ${at} `.repeat(at === 7 ? 2_000 : 3)],
      n: ["int_value", at],
      tags: ["string_value", `a${at}`, `b${at}`, "c"],
    } satisfies Record<string, [string, ...(string | number)[]]>,
  }))
  return { stored, log: [...added, ...updated], metadataPosition: 120 }
}
