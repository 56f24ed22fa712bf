/** Positions that lie close together, read at once: from `first` to `last`, for these `members`. */
export type PositionRun = {
  first: number
  last: number
  /** Indexes into the positions that were asked for. */
  members: number[]
}

const widestGap = 4

/** Groups positions into runs of at most `longest`, so that a page costs few reads of few bytes. */
export function toPositionRuns({
  positions,
  longest,
}: {
  positions: number[]
  longest: number
}): PositionRun[] {
  const at = (index: number) => positions[index] ?? 0
  const order = positions.map((_, index) => index).sort((a, b) => at(a) - at(b))
  const runs: PositionRun[] = []
  let run: PositionRun | undefined
  for (const index of order) {
    const position = at(index)
    const isNear =
      run !== undefined && position - run.last <= widestGap && position - run.first < longest
    if (run === undefined || !isNear) {
      run = { first: position, last: position, members: [] }
      runs.push(run)
    }
    run.last = position
    run.members.push(index)
  }
  return runs
}
