const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 })
const units = ["B", "kB", "MB", "GB", "TB"]

/** 1,284 */
export function formatCount(count: number): string {
  return whole.format(count)
}

/** "1 trace", "1,284 traces" */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}

/** "340 ms", "12.4 s", "3 min 5 s", "2 h 10 min" */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`
  const seconds = milliseconds / 1_000
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** "512 B", "1.5 MB"; powers of 1,000 */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000
    unit++
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** "74.2 %" for 74.2, "–" for null */
export function formatShare(percent: number | null): string {
  return percent === null ? "–" : `${percent.toFixed(1)} %`
}

/** "4.1 ms", "–" for null */
export function formatMilliseconds(milliseconds: number | null): string {
  return milliseconds === null ? "–" : `${milliseconds.toFixed(1)} ms`
}
