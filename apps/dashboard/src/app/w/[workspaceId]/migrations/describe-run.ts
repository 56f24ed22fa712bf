import type { BadgeTone } from "../../../../components/badge.tsx"
import type { MigrationRun } from "../../../../data/migration-run.ts"

export type RunState = {
  label: string
  tone: BadgeTone
  /** What the page of the run says in a sentence. */
  sentence: string
  shape: "done" | "doubt" | "failure" | "busy" | "undone"
}

const ended: Record<string, RunState> = {
  verified: {
    label: "Verified",
    tone: "success",
    shape: "done",
    sentence: "Everything arrived, read back and compared",
  },
  verified_with_rejects: {
    label: "Verified, some rejected",
    tone: "partial",
    shape: "doubt",
    sentence: "What could be used arrived; some records were rejected",
  },
  verified_with_conflicts: {
    label: "Verified, some kept",
    tone: "partial",
    shape: "doubt",
    sentence: "All arrived but rows that were edited on both sides; those of here were kept",
  },
  verified_with_edits: {
    label: "Verified, some edited",
    tone: "success",
    shape: "done",
    sentence: "Everything arrived; what was edited here since stays as it is",
  },
  differences: {
    label: "Differences",
    tone: "failure",
    shape: "failure",
    sentence: "What arrived is not what the source holds",
  },
  failed: {
    label: "Failed",
    tone: "failure",
    shape: "failure",
    sentence: "This run failed; what it had written stays, and running it again goes on",
  },
  interrupted: {
    label: "Interrupted",
    tone: "partial",
    shape: "doubt",
    sentence: "This run was interrupted; running it again goes on where it stopped",
  },
  rolled_back: {
    label: "Rolled back",
    tone: "neutral",
    shape: "undone",
    sentence: "This run was taken back: what it wrote is gone, what it replaced is as before",
  },
}

const busy: Record<string, RunState> = {
  running: {
    label: "Running",
    tone: "accent",
    shape: "busy",
    sentence: "This migration is running",
  },
  rolling_back: {
    label: "Rolling back",
    tone: "accent",
    shape: "busy",
    sentence: "This migration is being taken back",
  },
}

/** How a run stands. One that says it is at work, but that no process holds, has stopped. */
export function describeRun({ status, isLive }: Pick<MigrationRun, "status" | "isLive">): RunState {
  const working = busy[status]
  if (working !== undefined) {
    if (isLive) return working
    return {
      label: "Stopped",
      tone: "partial",
      shape: "doubt",
      sentence: "No process is at work on this run any more; running it again goes on",
    }
  }
  return (
    ended[status] ?? {
      label: status.replaceAll("_", " "),
      tone: "neutral",
      shape: "doubt",
      sentence: `This run is ${status.replaceAll("_", " ")}`,
    }
  )
}
