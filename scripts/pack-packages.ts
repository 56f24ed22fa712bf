import { cp, glob, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { runProgram } from "./run-program.ts"

const root = join(import.meta.dirname, "..")
const scope = "@reasoningbank"
/** What other programs may install; what a package needs comes before it. */
const published = [
  "core",
  "sqlite",
  "embeddings",
  "chroma",
  "local-supabase",
  "supabase",
  "storage",
]

type Manifest = {
  name: string
  version: string
  private?: boolean
  exports: unknown
  publishConfig?: { exports: unknown }
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

/** Builds each package as it would be published, JavaScript with its types, into `directory`; returns where each is. */
export async function packPackages({ directory }: { directory: string }): Promise<string[]> {
  await rm(directory, { recursive: true, force: true })
  const versions = await readCatalog()
  for (const name of published) await packPackage({ name, directory, versions })
  return published.map((name) => join(directory, name))
}

async function packPackage({
  name,
  directory,
  versions,
}: {
  name: string
  directory: string
  versions: Map<string, string>
}): Promise<void> {
  const source = join(root, "packages", name)
  const target = join(directory, name)
  await mkdir(target, { recursive: true })
  await cp(join(source, "src"), join(target, "src"), { recursive: true, filter: isShipped })
  await linkModules({ source, target, directory })
  const manifest: Manifest = JSON.parse(await readFile(join(source, "package.json"), "utf8"))
  await writeJson(join(target, "package.json"), publishedManifest({ manifest, versions }))
  await writeJson(join(target, "tsconfig.json"), {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      ...{ noEmit: false, declaration: true, rootDir: "src", outDir: "dist" },
      typeRoots: [join(root, "node_modules/@types")],
    },
    include: ["src"],
  })
  await runProgram({ program: "tsc", given: ["-p", target] })
  await rm(join(target, "src"), { recursive: true })
  await renameStartedFiles(join(target, "dist"))
}

function isShipped(path: string): boolean {
  return !/\.test\.ts$|\/(?:testing|__fixtures__)(?:\/|$)/.test(path)
}

/** The packages of ours as they were just built, all others as they are installed. */
async function linkModules({
  source,
  target,
  directory,
}: {
  source: string
  target: string
  directory: string
}): Promise<void> {
  const installed = join(source, "node_modules")
  for (const entry of await readdir(installed)) {
    const names = entry.startsWith("@") ? await readdir(join(installed, entry)) : [""]
    for (const name of names) {
      const from =
        entry === scope ? join(directory, name) : join(installed, entry, name).replace(/\/$/, "")
      const link = join(target, "node_modules", entry, name)
      await mkdir(dirname(link), { recursive: true })
      await symlink(from, link.replace(/\/$/, ""))
    }
  }
}

function publishedManifest({
  manifest,
  versions,
}: {
  manifest: Manifest
  versions: Map<string, string>
}) {
  const { private: _, devDependencies: __, publishConfig, dependencies = {}, ...kept } = manifest
  const named = Object.entries(dependencies).map(([name, version]) => {
    if (version.startsWith("workspace:")) return [name, manifest.version]
    return [name, version === "catalog:" ? (versions.get(name) ?? version) : version]
  })
  return { ...kept, ...publishConfig, dependencies: Object.fromEntries(named) }
}

/** A file that is started by its path has another ending once it is built; the compiler sees imports only. */
async function renameStartedFiles(directory: string): Promise<void> {
  for await (const file of glob("**/*.js", { cwd: directory })) {
    const path = join(directory, file)
    const text = await readFile(path, "utf8")
    const renamed = text.replaceAll(/(new URL\("\.[^"]+)\.ts"/g, '$1.js"')
    if (renamed !== text) await writeFile(path, renamed)
  }
}

async function readCatalog(): Promise<Map<string, string>> {
  const text = await readFile(join(root, "pnpm-workspace.yaml"), "utf8")
  const [, catalog = ""] = /^catalog:\n((?: {2}.+\n)+)/m.exec(text) ?? []
  const lines = [...catalog.matchAll(/^ {2}"?([^":]+)"?: (.+)$/gm)]
  return new Map(lines.map(([, name = "", version = ""]) => [name, version]))
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`)
}
