import type { RowKind } from "../migration-target.ts"
import {
  type ComparedWorkspace,
  type Finding,
  type FoundEdit,
  maximumListed,
  type RowComparison,
} from "./verification-report.ts"

type Outcome = "equal" | "edited" | "conflicts" | "refused" | "different" | "missing"

/** All that a comparison has counted; plain data, so that it can be kept in a checkpoint. */
export type TallyState = {
  counts: Record<RowKind, RowComparison>
  workspaces: ComparedWorkspace[]
  differencesFound: number
  differences: Finding[]
  editsFound: number
  edits: FoundEdit[]
}

export function emptyTallyState(): TallyState {
  return {
    counts: { trace: zero(), memory_item: zero() },
    workspaces: [],
    differencesFound: 0,
    differences: [],
    editsFound: 0,
    edits: [],
  }
}

/** Counts one outcome for every row of the source, and lists what is not equal. */
export function createVerificationTally(state: TallyState) {
  const workspaces = new Map(state.workspaces.map((known) => [known.workspace_id, known]))

  const workspaceOf = (workspaceId: string): ComparedWorkspace => {
    const known = workspaces.get(workspaceId)
    if (known !== undefined) return known
    const workspace: ComparedWorkspace = {
      workspace_id: workspaceId,
      traces: 0,
      memory_items: 0,
      equal: 0,
      edited: 0,
      differences: 0,
      links: 0,
      counts_compared: 0,
      counts_wrong: 0,
    }
    workspaces.set(workspaceId, workspace)
    state.workspaces.push(workspace)
    return workspace
  }

  return {
    state,
    workspaceOf,
    add({ kind, workspaceId, outcome }: { kind: RowKind; workspaceId: string; outcome: Outcome }) {
      const workspace = workspaceOf(workspaceId)
      state.counts[kind].compared++
      state.counts[kind][outcome]++
      if (kind === "trace") workspace.traces++
      else workspace.memory_items++
      if (outcome === "equal") workspace.equal++
      else if (outcome !== "different" && outcome !== "missing") workspace.edited++
    },
    addDifference(finding: Finding) {
      workspaceOf(finding.workspace_id).differences++
      state.differencesFound++
      if (state.differences.length < maximumListed) state.differences.push(finding)
    },
    addEdit(edit: FoundEdit) {
      state.editsFound++
      if (state.edits.length < maximumListed) state.edits.push(edit)
    },
  }
}

export type VerificationTally = ReturnType<typeof createVerificationTally>

function zero(): RowComparison {
  return {
    compared: 0,
    equal: 0,
    embedded_since: 0,
    edited: 0,
    conflicts: 0,
    refused: 0,
    different: 0,
    missing: 0,
    extra: 0,
  }
}
