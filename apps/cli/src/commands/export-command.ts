import { resolve } from "node:path"
import { createGroupEncoder, openChromaExport } from "@reasoningbank/chroma"
import {
  createExportDirectory,
  createRecordEncoder,
  exportMemories,
  ReasoningBankError,
} from "@reasoningbank/core"
import { assertReadable } from "../assert-readable.ts"
import { readEnvironment, readSecrets } from "../env.ts"
import { formatCount, formatDuration, formatQuantity } from "../format-figures.ts"
import {
  type OpenedTarget,
  openTarget,
  type TargetOptions,
  targetSettings,
} from "../open-target.ts"
import { createRedactor } from "../redact-secrets.ts"
import { createTerminal, type Terminal } from "../terminal.ts"

export type ExportOptions = TargetOptions & {
  toChromaUrl?: string | undefined
  output?: string | undefined
  collection: string
  workspace?: string[] | undefined
}

/** Runs `pnpm migrate export`. Returns the exit code. */
export async function runExport({
  options,
  directory,
  signal,
}: {
  options: ExportOptions
  directory: string
  signal: AbortSignal
}): Promise<number> {
  if ((options.toChromaUrl === undefined) === (options.output === undefined)) throw noDestination()
  const environment = readEnvironment(directory)
  const terminal = createTerminal(createRedactor(readSecrets(directory)))
  const settings = targetSettings({ options, environment })
  await using resources = new AsyncDisposableStack()
  const opened = await openTarget({ settings, directory, terminal })
  resources.defer(() => opened.target.close())
  const { location } = await assertReadable(opened)
  const workspaceIds = options.workspace ?? null
  if (workspaceIds !== null) await assertWorkspaces({ opened, workspaceIds })

  const { toChromaUrl: url, output, collection: collectionName } = options
  const destination =
    url !== undefined
      ? await openChromaExport({ url, token: environment.chromaToken, collectionName, signal })
      : await createExportDirectory({
          ...{ path: resolve(directory, output ?? ""), collectionName, exportedFrom: location },
        })
  resources.defer(() => destination.abandon())
  const reading = await opened.rowLister.findLatestReading()
  const taken = new Set<string>()
  const encoder = createRecordEncoder({ reading, sealGroup: createGroupEncoder(taken), taken })
  const line = createExportLine()
  const done = await exportMemories({
    ...{ target: opened.target, lister: opened.rowLister, workspaceIds, signal },
    encode: encoder.encode,
    write: destination.write,
    onProgress: ({ traces, memoryItems }) =>
      terminal.status(line("Exporting", traces + memoryItems)),
  })
  let checked = 0
  const collections = await destination.finish((records) => {
    checked += records
    terminal.status(line("Checking", checked))
  })
  terminal.clearStatus()
  terminal.print(
    `Exported ${formatQuantity(done.traces, "trace")} and ${formatQuantity(done.memoryItems, "memory item")} of ${formatQuantity(done.workspaces, "workspace")} to ${destination.location}:`,
  )
  for (const { name, records } of collections) {
    terminal.print(`  ${name}  ${formatQuantity(records, "record")}`)
  }
  printProof({ terminal, url })
  const originals = encoder.originals()
  if (originals > 0 && reading !== null) {
    terminal.print(
      `${formatQuantity(originals, "trace")} as the original program writes them, the others with their rows in exported_row.`,
    )
  }
  const from = url === undefined ? `--export ${destination.location}` : "--chroma-url URL"
  const { sourceTimezone = null, defaultWorkspaceId = null } = originals > 0 ? (reading ?? {}) : {}
  const words = [
    ...(sourceTimezone === null ? [] : [`--source-timezone ${sourceTimezone}`]),
    ...(defaultWorkspaceId === null || defaultWorkspaceId === "unassigned"
      ? []
      : [`--workspace ${JSON.stringify(defaultWorkspaceId)}`]),
  ]
  terminal.print(`To move it again:  pnpm migrate ${[from, ...words].join(" ")}`)
  return 0
}

function printProof({ terminal, url }: { terminal: Terminal; url: string | undefined }) {
  if (url === undefined) return
  terminal.print("Every record was read back and is, bit by bit, what was written.")
}

/** Named workspaces that are not there are a mistake, not an empty export. */
async function assertWorkspaces({
  opened: { rowLister },
  workspaceIds,
}: {
  opened: OpenedTarget
  workspaceIds: string[]
}) {
  const missing = new Set(workspaceIds)
  for (let after: string | null = null; ; ) {
    const ids: string[] = await rowLister.listWorkspaces(after)
    for (const id of ids) missing.delete(id)
    if (ids.length === 0) break
    after = ids.at(-1) ?? null
  }
  if (missing.size === 0) return
  throw new ReasoningBankError({
    code: "usage",
    message: `The target has no workspace ${[...missing].map((id) => `"${id}"`).join(", ")}.`,
    hint: "Give the ids of workspaces that are there, or leave --workspace out for all.",
  })
}

function createExportLine() {
  let started = performance.now()
  let phase = ""
  return (name: string, rows: number): string => {
    if (phase !== name) {
      phase = name
      started = performance.now()
    }
    const elapsed = performance.now() - started
    return `${name}  ${formatCount(rows)} rows  ${formatCount((rows / Math.max(elapsed, 1)) * 1_000)}/s  ${formatDuration(elapsed)}`
  }
}

function noDestination(): ReasoningBankError {
  return new ReasoningBankError({
    code: "usage",
    message: "An export goes to one place.",
    hint: "Give either --to-chroma-url URL or --output DIR.",
  })
}
