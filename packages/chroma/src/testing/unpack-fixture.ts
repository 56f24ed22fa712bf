import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gunzipSync } from "node:zlib"
import { type JsonObject, type JsonValue, parseJson } from "@reasoningbank/core"

/** Directories that a release of Python Chroma wrote, with what that release itself answered. */
export type FixtureName = "py-0.4.14" | "py-0.5.23"

export type ExpectedCollection = {
  tenant: string
  database: string
  name: string
  id: string
  recs: { id: string; document: string | null; metadata: JsonObject | null; hex: string }[]
}

/** Unpacks a directory to a temporary place; `remove` takes all of it away. */
export function unpackFixture(name: FixtureName): { directory: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "chroma-fixture-"))
  execFileSync("tar", ["xzf", fixturePath(`${name}.tgz`), "-C", folder])
  return {
    directory: join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** What `collection.get` of that release returned. */
export function readExpected(name: FixtureName): ExpectedCollection[] {
  const text = gunzipSync(readFileSync(fixturePath(`${name}.json.gz`))).toString("utf8")
  return asCollections(parseJson(text))
}

// The fixtures are ours and their shape is known.
function asCollections(value: JsonValue): ExpectedCollection[] {
  return value as ExpectedCollection[]
}

function fixturePath(file: string): string {
  return fileURLToPath(new URL(`../__fixtures__/${file}`, import.meta.url))
}
