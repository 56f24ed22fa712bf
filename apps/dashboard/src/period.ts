export const periods = ["7d", "30d", "90d", "1y", "all"] as const

/** How far back a page looks; `?period=` in the address. */
export type Period = (typeof periods)[number]

export const defaultPeriod: Period = "90d"

export const periodLabels: Record<Period, string> = {
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  "1y": "Last year",
  all: "All time",
}

/** Its length; null is everything. */
export const periodDays: Record<Period, number | null> = {
  "7d": 7,
  "30d": 30,
  "90d": 90,
  "1y": 365,
  all: null,
}

/** The period of an address; whatever is not one is the default. */
export function readPeriod(value: string | string[] | undefined): Period {
  return periods.find((period) => period === value) ?? defaultPeriod
}
