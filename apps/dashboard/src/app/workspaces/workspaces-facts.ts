import type { OverviewFacts } from "../w/[workspaceId]/overview/overview-facts.ts"

/** What the parts of the page draw, of all of the user's workspaces together. */
export type WorkspacesFacts = Pick<
  OverviewFacts,
  "range" | "statistics" | "days" | "growth" | "before"
>
