import { mkdir, mkdtemp, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { runCommand } from "./run-command.ts"

export type PrivateApt = {
  /** Puts the files of a binary package below the directory; nothing is installed. */
  unpackPackage: (options: { name: string; directory: string }) => Promise<void>
  /** Puts the source package's archives into the directory. */
  downloadSource: (options: { name: string; directory: string }) => Promise<void>
}

const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"

/**
 * apt with lists and cache of its own, so that it needs no rights and leaves the machine's package state alone.
 * Binary packages come from the machine's own release, sources from `sourceSuite` if one is given, both from the
 * machine's own mirror.
 */
export async function createPrivateApt(options: {
  directory: string
  sourceSuite?: string
}): Promise<PrivateApt> {
  const { sourceSuite } = options
  const { mirror, release } = await findMirror()
  const sourceLine = (kind: "deb" | "deb-src", suite: string) =>
    `${kind} [signed-by=${keyring}] ${mirror} ${suite} main\n`
  const sourceParts = join(options.directory, "sources")
  const lists = join(options.directory, "lists")
  const cache = join(options.directory, "cache")
  await mkdir(sourceParts, { recursive: true })
  await mkdir(join(lists, "partial"), { recursive: true })
  await mkdir(cache)
  await writeFile(
    join(sourceParts, "private.list"),
    [sourceLine("deb", release), sourceSuite ? sourceLine("deb-src", sourceSuite) : ""].join(""),
  )
  const settings = {
    "Dir::Etc::sourcelist": "/dev/null",
    "Dir::Etc::sourceparts": sourceParts,
    "Dir::State::Lists": lists,
    "Dir::Cache": cache,
    // apt would otherwise drop to a user that may not write here.
    "APT::Sandbox::User": "root",
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`])
  const apt = (directory: string, ...words: string[]) =>
    runCommand({ command: "apt-get", arguments: [...flags, "--quiet", ...words], directory })

  await apt(options.directory, "update")
  return {
    unpackPackage: async ({ name, directory }) => {
      const download = await mkdtemp(join(options.directory, "package-"))
      await apt(download, "download", name)
      const [file = ""] = await readdir(download)
      await runCommand({ command: "dpkg", arguments: ["-x", join(download, file), directory] })
    },
    downloadSource: async ({ name, directory }) => {
      await apt(directory, "source", "--download-only", name)
    },
  }
}

async function findMirror(): Promise<{ mirror: string; release: string }> {
  const printed = await runCommand({
    command: "apt-get",
    arguments: ["indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)"],
  })
  for (const line of printed.split("\n")) {
    const [mirror, release, component] = line.split(" ")
    const isPlainRelease = release !== undefined && /^[a-z]+$/.test(release)
    if (mirror?.endsWith("/debian/") && isPlainRelease && component === "main") {
      return { mirror, release }
    }
  }
  throw new Error("apt has no Debian release among its sources")
}
