/** Never colour alone: each comes with a word. */
export type Tone = "good" | "attention" | "bad" | "neutral"

export type Share = { label: string; count: number; tone: Tone }

export type ReportList = {
  title: string
  intro: string
  tone: Tone
  columns: string[]
  rows: string[][]
  /** All there are; more than `rows` when the list is cut. */
  total: number
}

/** What a report page shows, whichever command it is of. */
export type ReportView = {
  title: string
  tone: Tone
  headline: string
  summary: string
  tiles: { label: string; value: string; note: string }[]
  checks: { label: string; tone: Tone; result: string; detail: string }[]
  kinds: { label: string; shares: Share[] }[]
  workspaces: { id: string; counts: string; shares: Share[]; note: string }[]
  parity: {
    neighbours: number
    meters: { label: string; share: number | null; note: string }[]
    samples: { tone: Tone; label: string }[]
  } | null
  lists: ReportList[]
  timings: { label: string; milliseconds: number }[]
  facts: { label: string; value: string; isCode?: boolean }[]
}
