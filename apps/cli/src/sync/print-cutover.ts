import { join } from "node:path"
import type { MigrationReport } from "@reasoningbank/core"

/** The environment that programs are started with from now on, without a secret, and what to do next. */
export function printCutover({
  report,
  databaseUrl,
  supabaseUrl,
  directory,
}: {
  report: MigrationReport
  databaseUrl: string | undefined
  supabaseUrl: string | undefined
  directory: string
}): string[] {
  const isEmbedded = databaseUrl === undefined && supabaseUrl === undefined
  const address = supabaseUrl ?? projectUrl(databaseUrl) ?? "https://PROJECT_REF.supabase.co"
  const environment = isEmbedded
    ? ["STORAGE_BACKEND=local"]
    : [
        "STORAGE_BACKEND=supabase",
        `SUPABASE_URL=${address}`,
        "SUPABASE_KEY=<the project's secret key>",
      ]
  const where = isEmbedded
    ? [`(the embedded Supabase lies in ${join(directory, ".reasoningbank")})`]
    : []
  return [
    "Cut over. Start your programs with this environment from now on:",
    "",
    ...environment.map((line) => `  ${line}`),
    ...where.map((line) => `  ${line}`),
    "",
    "Next:",
    ...(report.status === "verified"
      ? []
      : ["  - Look at the rejected records and conflicts above; they are not in the target."]),
    "  - Give people their workspaces:  pnpm migrate grant ADDRESS --all",
    `  - Keep the source (${report.source.location}) and its backup until you are sure; nothing of it was changed.`,
    "  - To go back: start the programs with STORAGE_BACKEND=chromadb. What was written since lies in the target only:",
    "    pnpm migrate export --to-chroma-url URL brings it back.",
  ]
}

/** Of a hosted project, from the address of its database or its pooler. */
function projectUrl(databaseUrl: string | undefined): string | undefined {
  if (databaseUrl === undefined || !URL.canParse(databaseUrl)) return undefined
  const { hostname, username } = new URL(databaseUrl)
  const [, direct] = /^db\.([a-z0-9]+)\.supabase\.co$/.exec(hostname) ?? []
  const [, pooled] = hostname.endsWith(".pooler.supabase.com")
    ? (/^[^.]+\.([a-z0-9]+)$/.exec(decodeURIComponent(username)) ?? [])
    : []
  const reference = direct ?? pooled
  return reference === undefined ? undefined : `https://${reference}.supabase.co`
}
