"use client"

import { parseAsStringLiteral, useQueryState } from "nuqs"
import { Select } from "../components/select.tsx"
import { defaultPeriod, periodLabels, periods } from "../period.ts"

const options = periods.map((value) => ({ value, label: periodLabels[value] }))

/** Keeps the period in the address; the page is read anew with it. */
export function PeriodSelect() {
  const [period, setPeriod] = useQueryState(
    "period",
    parseAsStringLiteral(periods)
      .withDefault(defaultPeriod)
      .withOptions({ shallow: false, history: "push" }),
  )
  return (
    <Select
      label="Period"
      value={period}
      onChange={(chosen) => void setPeriod(chosen)}
      options={options}
    />
  )
}
