import type { ListedRun } from "@reasoningbank/core"
import { exitCode } from "../exit-code.ts"
import { findRun } from "../find-run.ts"
import { formatCount } from "../format-figures.ts"
import { formatTable } from "../format-table.ts"
import type { TargetOptions } from "../open-target.ts"
import { printRun, statusText } from "../print-run.ts"
import { withTarget } from "../with-target.ts"

export type RunsOptions = TargetOptions & { json?: boolean | undefined }

/** Runs `pnpm migrate runs`. Returns the exit code. */
export async function runRuns({
  run,
  options,
  directory,
}: {
  /** How the id of one run begins; undefined for all. */
  run: string | undefined
  options: RunsOptions
  directory: string
}): Promise<number> {
  return withTarget({
    options,
    directory,
    work: async ({ target, terminal }) => {
      const { journal } = target
      if (run === undefined) {
        const runs = await journal.listRuns()
        const lines = options.json === true ? [JSON.stringify(runs)] : printRuns(runs)
        for (const line of lines) terminal.print(line)
        return exitCode.done
      }
      const { id } = await findRun({ journal, prefix: run })
      const details = await journal.getRun(id)
      if (details === null) return exitCode.unexpected
      const lines = options.json === true ? [JSON.stringify(details)] : printRun(details)
      for (const line of lines) terminal.print(line)
      return exitCode.done
    },
  })
}

function printRuns(runs: ListedRun[]): string[] {
  if (runs.length === 0) return ["The target has no migration runs."]
  return formatTable({
    columns: [
      { heading: "Run", value: ({ id }: ListedRun) => id.slice(0, 8) },
      { heading: "started", value: ({ started_at }) => started_at.slice(0, 16).replace("T", " ") },
      { heading: "status", value: statusText },
      { heading: "written", align: "right", value: ({ written }) => formatCount(written) },
      { heading: "updated", align: "right", value: ({ updated }) => formatCount(updated) },
      { heading: "conflicts", align: "right", value: ({ conflicts }) => formatCount(conflicts) },
      {
        heading: "rejected",
        align: "right",
        value: ({ rejected }) => (rejected === null ? "–" : formatCount(rejected)),
      },
      { heading: "source", value: ({ source_location }) => source_location },
    ],
    rows: runs,
  })
}
