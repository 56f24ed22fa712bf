import type { MigrationProgress } from "@reasoningbank/core"
import { formatCount, formatDuration } from "./format-figures.ts"
import { progressBar } from "./progress-bar.ts"

const phaseNames = {
  census: "Counting",
  copy: "Copying",
  index: "Indexing",
  verify: "Verifying",
  extra: "Extra",
  links: "Links",
  search: "Searching",
} as const
const units = { extra: "rows", links: "links" } as const

function unitOf(phase: MigrationProgress["phase"]): string {
  return phase === "extra" || phase === "links" ? units[phase] : "records"
}

/** Makes one line of progress: phase, bar, rate and time left. `now` in milliseconds. */
export function createProgressLine(now: () => number = () => performance.now()) {
  let phase: MigrationProgress["phase"] | null = null
  let started = 0
  return (progress: MigrationProgress): string => {
    if (progress.phase !== phase) {
      phase = progress.phase
      started = now()
    }
    const elapsed = Math.max(now() - started, 1)
    const rate = (progress.done / elapsed) * 1_000
    const name = phaseNames[progress.phase].padEnd(9)
    const { done, total } = progress
    if (total === null || total === 0) {
      return `${name}  ${formatCount(done)} ${unitOf(progress.phase)}  ${formatCount(rate)}/s`
    }
    const share = Math.min(done / total, 1)
    const left =
      rate > 0 && done < total ? `  ${formatDuration(((total - done) / rate) * 1_000)} left` : ""
    return `${name}  ${progressBar(share)} ${Math.floor(share * 100)} %  ${formatCount(done)} of ${formatCount(total)} ${unitOf(progress.phase)}  ${formatCount(rate)}/s${left}`
  }
}
