import type { MigrationRun } from "../../../../data/migration-run.ts"

/** How long the phase still takes at its rate, in milliseconds; null where that can not be said. */
export function timeLeft({ done, total, rows, rowsPerSecond }: MigrationRun["progress"]) {
  if (done === null || total === null || rows === null || rowsPerSecond === null) return null
  if (done <= 0 || rowsPerSecond <= 0 || total < done) return null
  return Math.round(((total - done) * (rows / done) * 1_000) / rowsPerSecond)
}
