import {
  problemText,
  ReasoningBankError,
  type RollbackPlan,
  rollBackRun,
} from "@reasoningbank/core"
import { exitCode } from "../exit-code.ts"
import { findRun } from "../find-run.ts"
import { formatCount, formatQuantity } from "../format-figures.ts"
import { formatTable } from "../format-table.ts"
import type { TargetOptions } from "../open-target.ts"
import { progressBar } from "../progress-bar.ts"
import { withTarget } from "../with-target.ts"

export type RollbackOptions = TargetOptions & {
  dryRun?: boolean | undefined
  force?: boolean | undefined
  yes?: boolean | undefined
  json?: boolean | undefined
}

const shownObstacles = 20

/** Runs `pnpm migrate rollback`. Returns the exit code. */
export async function runRollback({
  run,
  options: { dryRun = false, force = false, yes = false, json = false, ...options },
  directory,
  signal,
}: {
  /** How the id of the run begins. */
  run: string
  options: RollbackOptions
  directory: string
  signal: AbortSignal
}): Promise<number> {
  return withTarget({
    options,
    directory,
    work: async ({ target, terminal }) => {
      const { journal } = target
      const { id: runId, status } = await findRun({ journal, prefix: run })
      if (status === "rolled_back") {
        terminal.print(
          json ? JSON.stringify({ run_id: runId, was_done: true }) : "It is rolled back already.",
        )
        return exitCode.done
      }
      const plan = await journal.planRollback(runId)
      const isGoingOn = status === "rolling_back"
      const isRefused = plan.obstacles.length > 0 && !force && !isGoingOn
      if (json && (dryRun || isRefused)) terminal.print(JSON.stringify({ run_id: runId, plan }))
      if (!json) for (const line of printPlan({ runId, plan, isGoingOn })) terminal.print(line)
      if (dryRun) return isRefused ? exitCode.refused : exitCode.done

      if (!isRefused && !yes) {
        const agreed = terminal.isInteractive && (await terminal.confirm(`Roll back run ${runId}?`))
        if (!agreed) throw notAgreed(terminal.isInteractive)
      }
      const result = await rollBackRun({
        journal,
        runId,
        force,
        signal,
        onWaiting: ({ holder }) =>
          terminal.note(`Process ${holder?.pid ?? "?"} seems to be at it; waiting for it.`),
        onProgress: ({ done, total }) =>
          terminal.status(
            `Rolling back  ${progressBar(total === 0 ? 1 : Math.min(done / total, 1))}  ${formatCount(done)} of ${formatCount(total)} rows`,
          ),
      })
      terminal.clearStatus()
      const { restored, deleted, removedWorkspaces } = result
      terminal.print(
        json
          ? JSON.stringify({
              run_id: runId,
              restored,
              deleted,
              removed_workspaces: removedWorkspaces,
            })
          : `Rolled back: ${formatQuantity(deleted, "row")} removed, ${formatQuantity(restored, "row")} as before, ${formatQuantity(removedWorkspaces, "workspace")} removed.`,
      )
      return exitCode.done
    },
  })
}

function printPlan({
  runId,
  plan,
  isGoingOn,
}: {
  runId: string
  plan: RollbackPlan
  isGoingOn: boolean
}): string[] {
  const lines = [
    `Run ${runId}${isGoingOn ? ", rolled back in part, is to be rolled back to the end" : ""}:`,
    `  ${formatQuantity(plan.inserted, "row")} it inserted would go, ${formatQuantity(plan.updated, "row")} it updated would be as before,`,
    `  ${formatQuantity(plan.new_workspaces, "workspace")} it created would go when nothing is left there.`,
  ]
  if (plan.obstacles.length === 0) return lines
  const counts = Object.entries(plan.counts).map(
    ([problem, count]) => `  ${formatCount(count)} ${problemText[problem] ?? problem}`,
  )
  const shown = plan.obstacles.slice(0, shownObstacles)
  const table = formatTable({
    columns: [
      { heading: "what", value: ({ problem }) => problem.replaceAll("_", " ") },
      { heading: "workspace", value: ({ workspace_id }) => workspace_id },
      { heading: "kind", value: ({ kind }) => kind.replaceAll("_", " ") },
      { heading: "id", value: ({ id }) => id },
    ],
    rows: shown,
  })
  const total = Object.values(plan.counts).reduce((sum, count) => sum + count, 0)
  const rest = total - shown.length
  return [
    ...lines,
    "Built on it since:",
    ...counts,
    "",
    ...table.map((line) => `  ${line}`),
    ...(rest > 0 ? [`  … and ${formatCount(rest)} more; --json lists up to 1,000`] : []),
  ]
}

function notAgreed(isInteractive: boolean): ReasoningBankError {
  return new ReasoningBankError({
    code: "run:refused",
    message: isInteractive
      ? "Nothing was changed."
      : "A rollback needs to be agreed to, and nobody is here to ask.",
    hint: "Run again with --yes to do it, or with --dry-run to see what it would do.",
  })
}
