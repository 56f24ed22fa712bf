import { addDays } from "../time-range.ts"

/** Days in UTC, both included; null is open. */
export type RetrievalScope = { workspaceId: string | null; from: string | null; to: string | null }

/** The argument by which every function of the database takes a workspace; without it all of the user's are meant. */
export function scopeOf(workspaceId: string | null): { workspace_filter?: string[] } {
  return workspaceId === null ? {} : { workspace_filter: [workspaceId] }
}

/** Days as the functions about searches take them: the end is not included. */
export function timesOf({ from, to }: Pick<RetrievalScope, "from" | "to">): {
  from_time?: string
  to_time?: string
} {
  return {
    ...(from !== null && { from_time: `${from}T00:00:00Z` }),
    ...(to !== null && { to_time: `${addDays(to, 1)}T00:00:00Z` }),
  }
}
