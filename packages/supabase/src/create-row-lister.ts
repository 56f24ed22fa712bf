import { ReasoningBankError, type RowLister } from "@reasoningbank/core"
import { z } from "zod"
import { type ApiTargetSettings, openApi } from "./open-api.ts"
import type { SqlClient, SqlParameter } from "./sql-client.ts"
import { targetError } from "./target-error.ts"
import { type ApiResponse, TooMuchAtOnce, unwrapData } from "./unwrap-response.ts"

const rowsPerPage = 1_000
const smallestId = "00000000-0000-0000-0000-000000000000"

const id = z.object({ id: z.string() })
const memoryItem = z
  .object({ id: z.string(), trace_id: z.string().nullable(), ordinal: z.coerce.number() })
  .transform(({ id, trace_id, ordinal }) => ({ id, traceId: trace_id, ordinal }))
const run = z
  .object({ source_timezone: z.string(), default_workspace: z.string().nullable() })
  .transform(({ source_timezone, default_workspace }) => ({
    sourceTimezone: source_timezone,
    defaultWorkspaceId: default_workspace ?? "unassigned",
  }))

/** Lists the rows of a database reached by SQL; `sql` stays the caller's to close. */
export function createSqlRowLister({
  sql,
  location,
}: {
  sql: Pick<SqlClient, "transaction">
  location: string
}): RowLister {
  const select = async <Row>(
    row: z.ZodType<Row>,
    text: string,
    parameters: SqlParameter[] = [],
  ): Promise<Row[]> => {
    try {
      const [rows] = await sql.transaction([{ sql: text, parameters }])
      return z.array(row).parse(rows)
    } catch (cause) {
      if (cause instanceof z.ZodError) throw otherSchema({ location, cause })
      throw targetError({ cause, location })
    }
  }
  return {
    listWorkspaces: async (after) => {
      const text = `select id from public.workspaces where id > $1::text order by id limit ${rowsPerPage}`
      return (await select(id, text, [after ?? ""])).map((found) => found.id)
    },
    listTraceIds: async ({ workspaceId, after }) => {
      const text = `select id from public.reasoning_traces
        where workspace_id = $1::text and id > $2::text::uuid order by id limit ${rowsPerPage}`
      return (await select(id, text, [workspaceId, after ?? smallestId])).map((found) => found.id)
    },
    listMemoryItems: ({ workspaceId, traceIds, after }) => {
      const belongs =
        traceIds === null ? "trace_id is null" : "trace_id = any ($3::text::pg_catalog.uuid[])"
      const text = `select id, trace_id, ordinal from public.memory_items
        where workspace_id = $1::text and id > $2::text::uuid and ${belongs}
        order by id limit ${rowsPerPage}`
      const traces = traceIds === null ? [] : [`{${traceIds.join(",")}}`]
      return select(memoryItem, text, [workspaceId, after ?? smallestId, ...traces])
    },
    findLatestReading: async () => {
      const text = `select source_timezone, options ->> 'default_workspace' as default_workspace
        from public.migration_runs order by started_at desc, id limit 1`
      return (await select(run, text))[0] ?? null
    },
  }
}

/** The same over the Data API. A project may give fewer rows than asked for, so only an empty page is the end. */
export function createApiRowLister(settings: ApiTargetSettings): RowLister {
  const { client, location } = openApi(settings)
  const read = async <Row>(
    row: z.ZodType<Row>,
    answer: PromiseLike<ApiResponse>,
  ): Promise<Row[]> => {
    try {
      return z.array(row).parse(unwrapData({ response: await answer, location }))
    } catch (cause) {
      if (cause instanceof TooMuchAtOnce) throw cause.explained
      if (cause instanceof z.ZodError) throw otherSchema({ location, cause })
      throw cause
    }
  }
  return {
    listWorkspaces: async (after) => {
      const query = client
        .from("workspaces")
        .select("id")
        .gt("id", after ?? "")
        .order("id")
      return (await read(id, query.limit(rowsPerPage))).map((found) => found.id)
    },
    listTraceIds: async ({ workspaceId, after }) => {
      const query = client
        .from("reasoning_traces")
        .select("id")
        .eq("workspace_id", workspaceId)
        .gt("id", after ?? smallestId)
        .order("id")
      return (await read(id, query.limit(rowsPerPage))).map((found) => found.id)
    },
    listMemoryItems: ({ workspaceId, traceIds, after }) => {
      const query = client
        .from("memory_items")
        .select("id, trace_id, ordinal")
        .eq("workspace_id", workspaceId)
        .gt("id", after ?? smallestId)
      const belonging =
        traceIds === null ? query.is("trace_id", null) : query.in("trace_id", traceIds)
      return read(memoryItem, belonging.order("id").limit(rowsPerPage))
    },
    findLatestReading: async () => {
      const query = client
        .from("migration_runs")
        .select("source_timezone, default_workspace:options->>default_workspace")
        .order("started_at", { ascending: false })
        .order("id")
      return (await read(run, query.limit(1)))[0] ?? null
    },
  }
}

function otherSchema({ location, cause }: { location: string; cause: unknown }) {
  return new ReasoningBankError({
    code: "target:schema_version",
    message: `${location} answered with rows of another form than expected.`,
    hint: "Apply the migrations that are missing; update this program where the schema is newer.",
    cause,
  })
}
