import { CloudOff } from "lucide-react"
import type { RankedAnswer } from "../../../../data/compare-searches.ts"

/** What stands in place of the results of a side that failed. */
export function SideProblem({ side }: { side: RankedAnswer }) {
  if (side.problem === null) return null
  const { message, hint } = side.problem
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-12 text-center">
      <div className="mb-3 grid size-10 place-items-center rounded-lg bg-failure-soft text-failure">
        <CloudOff aria-hidden className="size-5" />
      </div>
      <p className="font-medium">{message}</p>
      {hint !== undefined && (
        <p className="mt-1 max-w-[48ch] text-balance text-ink-muted text-sm">{hint}</p>
      )}
    </div>
  )
}

/** What stands in place of an exact search that would be the same. */
export function WordsAreExact() {
  return (
    <p className="px-6 py-12 text-center text-balance text-ink-muted text-sm">
      Words are always searched exactly, so there is nothing to compare. Search by meaning to hold
      the approximate search against the exact one.
    </p>
  )
}
