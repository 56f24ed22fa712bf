/** Microseconds since 1970, UTC. */
export type Microseconds = bigint

/** As Postgres is asked to print it: `2025-09-01T08:15:30.123456Z`. */
export function utcTime(time: Microseconds): string {
  const milliseconds = new Date(Number(time / 1000n)).toISOString().slice(0, -1)
  return `${milliseconds}${(time % 1000n).toString().padStart(3, "0")}Z`
}

/** As Python's `datetime.now().isoformat()` prints it on a machine in `timezone`: no zone, no fraction when that is 0. */
export function naiveTime({ time, timezone }: { time: Microseconds; timezone: string }): string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    dateStyle: "short",
    timeStyle: "medium",
  })
  const local = format.format(new Date(Number(time / 1000n))).replace(" ", "T")
  const fraction = time % 1_000_000n
  return fraction === 0n ? local : `${local}.${fraction.toString().padStart(6, "0")}`
}
