import { formatCount, formatDuration } from "./format-figures.ts"
import { progressBar } from "./progress-bar.ts"

const phases = {
  census: { name: "Counting", noun: "records" },
  copy: { name: "Copying", noun: "records" },
  index: { name: "Indexing", noun: "records" },
  verify: { name: "Verifying", noun: "records" },
  extra: { name: "Extra", noun: "rows" },
  links: { name: "Links", noun: "links" },
  search: { name: "Searching", noun: "records" },
  clear: { name: "Clearing", noun: "vectors" },
  embed: { name: "Embedding", noun: "rows" },
} as const

export type ProgressStep = { phase: keyof typeof phases; done: number; total: number | null }

/** Makes one line of progress: phase, bar, rate and time left. `now` in milliseconds. */
export function createProgressLine(now: () => number = () => performance.now()) {
  let phase: ProgressStep["phase"] | null = null
  let started = 0
  return (progress: ProgressStep): string => {
    if (progress.phase !== phase) {
      phase = progress.phase
      started = now()
    }
    const elapsed = Math.max(now() - started, 1)
    const rate = (progress.done / elapsed) * 1_000
    const { noun } = phases[progress.phase]
    const name = phases[progress.phase].name.padEnd(9)
    const { done, total } = progress
    if (total === null || total === 0) {
      return `${name}  ${formatCount(done)} ${noun}  ${formatCount(rate)}/s`
    }
    const share = Math.min(done / total, 1)
    const left =
      rate > 0 && done < total ? `  ${formatDuration(((total - done) / rate) * 1_000)} left` : ""
    return `${name}  ${progressBar(share)} ${Math.floor(share * 100)} %  ${formatCount(done)} of ${formatCount(total)} ${noun}  ${formatCount(rate)}/s${left}`
  }
}
