import { Time } from "./time.tsx"

/** A moment that may be unknown: a dash with the reason then. */
export function OptionalTime({
  time,
  missing = "No time is known",
}: {
  time: string | null
  missing?: string
}) {
  if (time !== null) return <Time at={time} />
  return (
    <span title={missing}>
      <span aria-hidden>–</span>
      <span className="sr-only">{missing}</span>
    </span>
  )
}
