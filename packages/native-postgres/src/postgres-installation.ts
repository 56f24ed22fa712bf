/** Major versions that can be had with pgvector: 15 with 0.8.0, 16 and 18 with 0.8.5. */
export type NativePostgresVersion = 15 | 16 | 18

/** Server programs on disk. `directory` can be moved as a whole. */
export type PostgresInstallation = {
  version: NativePostgresVersion
  directory: string
  /** Where `postgres` and `initdb` lie, relative to `directory`. */
  programs: string
}

/** Makes `directory` a relocatable installation, or throws with the reason. */
export type PostgresInstaller = (options: {
  /** Does not exist yet. */
  directory: string
  /** A scratch directory on the same file system, removed by the caller. */
  workDirectory: string
  mayInstallSystemPackages: boolean
}) => Promise<void>
