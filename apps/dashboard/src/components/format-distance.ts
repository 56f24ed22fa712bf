const units = [
  { seconds: 31_536_000, one: "1 year", many: "years" },
  { seconds: 2_592_000, one: "1 month", many: "months" },
  { seconds: 86_400, one: "1 day", many: "days" },
  { seconds: 3_600, one: "1 h", many: "h" },
  { seconds: 60, one: "1 min", many: "min" },
]

/** From one moment to another in its largest whole unit: "3 min ago", "in 6 days". Both in milliseconds. */
export function formatDistance({ from, to }: { from: number; to: number }): string {
  const seconds = Math.floor(Math.abs(to - from) / 1_000)
  const unit = units.find((candidate) => seconds >= candidate.seconds)
  if (unit === undefined) return to > from ? "in a moment" : "just now"
  const count = Math.floor(seconds / unit.seconds)
  const length = count === 1 ? unit.one : `${count} ${unit.many}`
  return to > from ? `in ${length}` : `${length} ago`
}
