import type { BackupProgress, RestoreProgress } from "@reasoningbank/chroma"
import { formatBytes, formatCount, formatDuration } from "../format-figures.ts"
import { progressBar } from "../progress-bar.ts"

const names = {
  copy: "Copying the source",
  read: "Reading its records",
  archive: "Archiving",
  check: "Checking the archive",
  unpack: "Unpacking",
} as const

/** Makes one line of the progress of a backup or restore: bar, rate and time left. `now` in milliseconds. */
export function createArchiveLine(now: () => number = () => performance.now()) {
  let phase = ""
  let started = 0
  return (progress: BackupProgress | RestoreProgress): string => {
    const { done, total } = progress
    if (progress.phase !== phase) {
      phase = progress.phase
      started = now()
    }
    const name = names[progress.phase]
    if (done === 0) return `${name} …`
    const rate = (done / Math.max(now() - started, 1)) * 1_000
    const figure =
      progress.phase === "read"
        ? `${formatCount(done)} records  ${formatCount(rate)}/s`
        : `${formatBytes(done)}  ${formatBytes(rate)}/s`
    if (total === null || total === 0) return `${name}  ${figure}`
    const share = done / total
    const left = done < total ? `  ${formatDuration(((total - done) / rate) * 1_000)} left` : ""
    return `${name}  ${progressBar(share)} ${Math.floor(share * 100)} %  ${figure}${left}`
  }
}
