import type {
  MemoryItem,
  MigrationTarget,
  ReasoningTrace,
  RowKey,
  VerificationTarget,
  WriteBatch,
  WriteResult,
  WriteRow,
} from "@reasoningbank/core"
import { createJournal } from "./create-journal.ts"
import { createRequestPace } from "./create-request-pace.ts"
import { createVerificationTarget } from "./create-verification-target.ts"
import { describeApiTarget } from "./describe-api-target.ts"
import { parseGrants } from "./grant-messages.ts"
import { parseRunStart } from "./journal-messages.ts"
import { type ApiTargetSettings, openApi } from "./open-api.ts"
import { parseOwedIndexes } from "./owed-index-messages.ts"
import { parseMigratedMemoryItems, parseMigratedTraces } from "./parse-migrated-rows.ts"
import {
  parseLatestRun,
  parseRowCounts,
  parseSkipped,
  stringifyKeys,
  stringifyReport,
  stringifyRun,
} from "./run-messages.ts"
import { runPaced } from "./run-paced.ts"
import { stagedMemoryItemColumns, stagedTraceColumns } from "./staged-columns.ts"
import { stringifyRows } from "./stringify-rows.ts"
import { unwrapData } from "./unwrap-response.ts"

const keysPerRead = 200
const readsAtOnce = 4
const mostRowsPerWrite = 2_000
const writesAtOnce = 4

type StagedRow =
  | { kind: "trace"; row: WriteRow<ReasoningTrace> }
  | { kind: "memory_item"; row: WriteRow<MemoryItem> }

/**
 * A target reached over the Data API with a secret key. Every request may safely be sent twice: a batch that was
 * written although its answer was lost is recognised by its run and digests. `write` is one transaction a request;
 * a batch that is too large for the server or its time limit is halved until it fits, and then each part is one
 * transaction, traces first, items several at once. What a server could take is remembered for later batches. Raises `target:key_role` for a publishable key, `usage` for an address that is none.
 */
export function createApiTarget(
  settings: ApiTargetSettings,
): MigrationTarget & { verification: VerificationTarget } {
  const reads = createRequestPace({ mostItems: keysPerRead, mostAtOnce: readsAtOnce })
  const writes = createRequestPace({ mostItems: mostRowsPerWrite, mostAtOnce: writesAtOnce })
  const onBusy = () => {
    reads.wasBusy()
    writes.wasBusy()
    settings.retry?.onBusy?.()
  }
  const { client, location, callOnce, call } = openApi({
    ...settings,
    retry: { ...settings.retry, onBusy },
  })

  const read = async <Row>(reading: {
    functionName: "read_migrated_reasoning_traces" | "read_migrated_memory_items"
    keys: RowKey[]
    parse: (text: string) => Row[]
  }): Promise<Row[]> => {
    const task = async (keys: readonly RowKey[]) =>
      reading.parse(await callOnce(reading.functionName, { keys: stringifyKeys(keys) }))
    return runPaced({ items: reading.keys, pace: reads, task })
  }

  return {
    describe: () => describeApiTarget({ call, client, location }),
    applySchema: null,
    findLatestRun: async (sourceIdentity) =>
      parseLatestRun(await call("find_latest_migration_run", { source_identity: sourceIdentity })),
    startRun: async (run) =>
      parseRunStart(await call("start_migration_run", { run: stringifyRun(run) })),
    finishRun: async ({ id, status, report, leaseToken }) => {
      await call("finish_migration_run", {
        run_id: id,
        status,
        report: stringifyReport(report),
        ...(leaseToken !== undefined && { lease_token: leaseToken }),
      })
    },
    journal: createJournal((name, request) => call(name, { request })),
    write: async (batch) => {
      const task = async (rows: readonly StagedRow[]) => {
        const parameters = { run_id: batch.runId, batch: stringifyBatch({ rows, batch }) }
        return parseSkipped(await callOnce("write_migration_batch", parameters))
      }
      const rows = stagedRows(batch)
      // In one request where it fits; else traces before the items that refer to them.
      const groups =
        rows.length <= writes.items
          ? [rows]
          : [rows.slice(0, batch.traces.length), rows.slice(batch.traces.length)]
      const skipped: WriteResult["skipped"] = []
      for (const items of groups) {
        if (items.length > 0) skipped.push(...(await runPaced({ items, pace: writes, task })))
      }
      return { skipped }
    },
    readTraces: (keys) =>
      read({ functionName: "read_migrated_reasoning_traces", keys, parse: parseMigratedTraces }),
    readMemoryItems: (keys) =>
      read({ functionName: "read_migrated_memory_items", keys, parse: parseMigratedMemoryItems }),
    countRows: async (runId) =>
      parseRowCounts(await call("count_migrated_rows", { run_id: runId })),
    grantWorkspaces: async ({ email, workspaceIds, role }) => {
      const parameters = {
        email,
        role,
        ...(workspaceIds !== null && { workspace_ids: workspaceIds }),
      }
      const response = await client.rpc("grant_workspaces", parameters)
      return parseGrants(JSON.stringify(unwrapData({ response, location })))
    },
    verification: createVerificationTarget({ call: (name, request) => call(name, { request }) }),
    searchIndexes: {
      listOwed: async () => parseOwedIndexes(await call("list_owed_indexes", {})),
      drop: null,
      build: null,
    },
    close: async () => {},
  }
}

function stagedRows({ traces, memoryItems }: WriteBatch): StagedRow[] {
  return [
    ...traces.map((row): StagedRow => ({ kind: "trace", row })),
    ...memoryItems.map((row): StagedRow => ({ kind: "memory_item", row })),
  ]
}

function stringifyBatch({
  rows,
  batch: { leaseToken, journal },
}: {
  rows: readonly StagedRow[]
  batch: WriteBatch
}): string {
  const traces = rows.flatMap(({ kind, row }) => (kind === "trace" ? [row] : []))
  const memoryItems = rows.flatMap(({ kind, row }) => (kind === "memory_item" ? [row] : []))
  return (
    `{"lease_token":${JSON.stringify(leaseToken ?? null)},"journal":${JSON.stringify(journal ?? null)},` +
    `"traces":${stringifyRows({ rows: traces, columns: stagedTraceColumns })},` +
    `"memory_items":${stringifyRows({ rows: memoryItems, columns: stagedMemoryItemColumns })}}`
  )
}
