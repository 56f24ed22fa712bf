import type postgres from "postgres"
import { type BenchmarkDatabase, signUp } from "../measuring/open-benchmark-database.ts"

export type SearchCaller = {
  name: string
  session: postgres.Sql
  /** What he may see. */
  workspaceIds: string[]
  /** The workspace_filter argument; null for a user, who needs none. */
  workspaceFilter: string[] | null
  allWorkspaces: boolean
}

const users: Record<string, string[]> = {
  "half of all": ["half"],
  "5 %": ["twentieth"],
  "0.5 %": ["two-hundredth"],
  "off-topic, 0.5 %": ["off-topic small"],
  "off-topic, 12 %": ["off-topic large"],
  "three workspaces, 8 %": ["1000 a", "1000 b", "2000"],
  "four workspaces, 28 %": ["1000 a", "1000 b", "4000", "8000"],
}

/** Signed-in members of one or several workspaces among 2,000 other members, and the service role. */
export async function createCallers({
  database,
  workspaceIds,
}: {
  database: BenchmarkDatabase
  workspaceIds: string[]
}): Promise<SearchCaller[]> {
  const { sql } = database
  await sql`
    with stranger as (
      insert into auth.users (id, email)
      select gen_random_uuid(), n || '@example.org' from generate_series(1, 2000) as n
      returning id
    )
    insert into public.workspace_members (workspace_id, user_id, role)
    select w.id, s.id, 'viewer' from stranger as s cross join public.workspaces as w where random() < 0.3`
  const callers: SearchCaller[] = []
  for (const [name, mine] of Object.entries(users)) {
    const session = await signUp({ database, name, workspaceIds: mine })
    callers.push({ name, session, workspaceIds: mine, workspaceFilter: null, allWorkspaces: false })
  }
  const session = await database.connectAs({ role: "service_role" })
  return [
    ...callers,
    {
      name: "service, half of all",
      session,
      workspaceIds: ["half"],
      workspaceFilter: ["half"],
      allWorkspaces: false,
    },
    { name: "service, all", session, workspaceIds, workspaceFilter: null, allWorkspaces: true },
  ]
}
