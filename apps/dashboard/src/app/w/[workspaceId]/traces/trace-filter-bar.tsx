"use client"

import { X } from "lucide-react"
import { useQueryStates } from "nuqs"
import { useTransition } from "react"
import { Button } from "../../../../components/button.tsx"
import { FilterSelect } from "../../../../components/filter-select.tsx"
import type { WorkspaceFacets } from "../../../../data/workspace-facets.ts"
import { DateFilter } from "../date-filter.tsx"
import { traceParams } from "./search-params.ts"

/** The filters of the traces; all of them live in the address. */
export function TraceFilterBar({ facets }: { facets: WorkspaceFacets }) {
  const [isPending, startTransition] = useTransition()
  const [{ outcome, domain, from, to }, setFilters] = useQueryStates(traceParams, {
    shallow: false,
    startTransition,
  })
  const isFiltered = outcome.length > 0 || domain.length > 0 || from !== null || to !== null
  return (
    <search
      aria-label="Traces"
      aria-busy={isPending}
      className="flex flex-wrap items-center gap-2 pb-3"
    >
      <FilterSelect
        label="Outcome"
        options={facets.outcomes}
        chosen={outcome}
        onChange={(chosen) => void setFilters({ outcome: chosen })}
      />
      <FilterSelect
        label="Domain"
        options={facets.domains.map(({ value }) => ({ value }))}
        chosen={domain}
        onChange={(chosen) => void setFilters({ domain: chosen })}
      />
      <DateFilter from={from} to={to} onChange={(dates) => void setFilters(dates)} />
      {isFiltered && (
        <Button
          tone="quiet"
          onClick={() => void setFilters({ outcome: null, domain: null, from: null, to: null })}
        >
          <X aria-hidden />
          Clear
        </Button>
      )}
    </search>
  )
}
