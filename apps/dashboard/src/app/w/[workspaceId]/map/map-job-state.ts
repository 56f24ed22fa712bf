/** How the kept map stands to the vectors of now, and what is being done about it. */
export type MapJobState =
  | { status: "current" | "outdated" | "missing" }
  | {
      status: "running"
      step: "reading" | "arranging" | "saving"
      /** From 0 to 1. */
      share: number
      leftInMs: number | null
    }
  | { status: "failed"; message: string }
