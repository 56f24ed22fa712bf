/** A program that judges the repository; it exits with 0 when all is well. */
export type StaticCheck = {
  name: string
  command: string
  arguments: readonly string[]
}

const script = (name: string): Pick<StaticCheck, "command" | "arguments"> => ({
  command: "node",
  arguments: [`scripts/${name}`],
})

/** Cheapest first. */
export const staticChecks: readonly StaticCheck[] = [
  { name: "paths in documents", ...script("check-doc-paths.ts") },
  { name: "schema.sql", ...script("check-schema-sql.ts") },
  {
    name: "report schema",
    command: "node",
    arguments: ["scripts/write-report-schema.ts", "--check"],
  },
  { name: "workspace manifests", command: "sherif", arguments: ["--fail-on-warnings"] },
  { name: "migrations", command: "squawk", arguments: ["supabase/migrations/*.sql"] },
  { name: "import directions", command: "turbo", arguments: ["boundaries"] },
  { name: "types", command: "tsc", arguments: ["--noEmit", "-p", "tsconfig.json"] },
  {
    name: "types of the dashboard",
    command: "tsc",
    arguments: ["--noEmit", "-p", "apps/dashboard/tsconfig.json"],
  },
  {
    name: "format and lint",
    command: "biome",
    arguments: ["check", "--diagnostic-level=warn", "--error-on-warnings"],
  },
  { name: "dead code and dependencies", command: "knip", arguments: [] },
]
