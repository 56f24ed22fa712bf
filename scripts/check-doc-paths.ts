import { existsSync } from "node:fs"
import { glob, readdir, readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { findCitedPaths } from "./find-cited-paths.ts"

const root = join(import.meta.dirname, "..")
const topLevelNames = (await readdir(root)).filter((name) => name !== "node_modules")
const documents = glob("**/*.md", { cwd: root, exclude: ["**/node_modules", "**/.*"] })

for await (const document of documents) {
  const text = await readFile(join(root, document), "utf8")
  for (const cited of findCitedPaths({ text, topLevelNames })) {
    const base = cited.kind === "link" ? join(root, dirname(document)) : root
    if (existsSync(join(base, cited.path))) continue
    console.error(`${document}:${cited.line}: ${cited.path} does not exist`)
    process.exitCode = 1
  }
}
