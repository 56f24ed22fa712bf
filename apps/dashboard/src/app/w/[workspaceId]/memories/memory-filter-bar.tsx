"use client"

import { Search, X } from "lucide-react"
import { debounce, useQueryStates } from "nuqs"
import { useEffect, useRef, useTransition } from "react"
import { Button } from "../../../../components/button.tsx"
import { classNames } from "../../../../components/class-names.ts"
import { FilterSelect } from "../../../../components/filter-select.tsx"
import { Input } from "../../../../components/input.tsx"
import { Select } from "../../../../components/select.tsx"
import type { WorkspaceFacets } from "../../../../data/workspace-facets.ts"
import { searchModeLabels, searchModes } from "../../../../search-words/search-mode.ts"
import { DateFilter } from "../date-filter.tsx"
import { memoryParams } from "./search-params.ts"

const modes = searchModes.map((value) => ({ value, label: searchModeLabels[value] }))

const errorChoices = [
  { value: "any", label: "Errors or not" },
  { value: "only", label: "From errors" },
  { value: "without", label: "Not from errors" },
] as const

const nothing = {
  q: null,
  mode: null,
  outcome: null,
  domain: null,
  tag: null,
  difficulty: null,
  errors: null,
  from: null,
  to: null,
  stage: null,
}

/** Search and filters; all of them live in the address. */
export function MemoryFilterBar({ facets }: { facets: WorkspaceFacets }) {
  const [isPending, startTransition] = useTransition()
  const [filters, setFilters] = useQueryStates(memoryParams, {
    shallow: false,
    history: "replace",
    startTransition,
  })
  const { q, mode, outcome, domain, tag, difficulty, errors, from, to, stage } = filters
  const isFiltered =
    q !== "" ||
    [outcome, domain, tag, difficulty].some(({ length }) => length > 0) ||
    [errors, from, to, stage].some((value) => value !== null)
  const stages = [
    { value: "any", label: "Any generation" },
    ...facets.stages.map(({ value }) => ({ value, label: `Generation ${value}` })),
    ...facets.stages
      .slice(1)
      .map(({ value }) => ({ value: `${value}+`, label: `Generation ${value} or later` })),
  ]
  const knownStage = stage !== null && !stages.some(({ value }) => value === stage)
  return (
    <search aria-label="Memories" className="flex flex-col gap-3 pb-3">
      <div className="flex flex-wrap gap-2">
        <SearchField
          value={q}
          isPending={isPending}
          onChange={(text) =>
            void setFilters(
              { q: text === "" ? null : text },
              { limitUrlUpdates: debounce(text === "" ? 0 : 250) },
            )
          }
        />
        <Select
          label="Search by"
          value={mode}
          onChange={(chosen) => void setFilters({ mode: chosen })}
          options={modes}
          className="h-9 w-28"
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <FilterSelect
          label="Outcome"
          options={facets.outcomes}
          chosen={outcome}
          onChange={(chosen) => void setFilters({ outcome: chosen })}
        />
        <FilterSelect
          label="Domain"
          options={facets.domains}
          chosen={domain}
          onChange={(chosen) => void setFilters({ domain: chosen })}
        />
        <FilterSelect
          label="Tags"
          options={facets.tags}
          chosen={tag}
          onChange={(chosen) => void setFilters({ tag: chosen })}
        />
        <FilterSelect
          label="Difficulty"
          options={facets.difficulties}
          chosen={difficulty}
          onChange={(chosen) => void setFilters({ difficulty: chosen })}
        />
        <Select
          label="Errors"
          value={errors ?? "any"}
          onChange={(chosen) => void setFilters({ errors: chosen === "any" ? null : chosen })}
          options={errorChoices}
          className={chosenStyle(errors !== null)}
        />
        <Select
          label="Generation"
          value={stage ?? "any"}
          onChange={(chosen) => void setFilters({ stage: chosen === "any" ? null : chosen })}
          options={
            knownStage ? [...stages, { value: stage, label: `Generation ${stage}` }] : stages
          }
          className={chosenStyle(stage !== null)}
        />
        <DateFilter from={from} to={to} onChange={(dates) => void setFilters(dates)} />
        {isFiltered && (
          <Button tone="quiet" onClick={() => void setFilters(nothing)}>
            <X aria-hidden />
            Clear
          </Button>
        )}
      </div>
    </search>
  )
}

function chosenStyle(isChosen: boolean) {
  return isChosen ? "border-accent/60 bg-accent-soft text-accent-ink" : ""
}

function SearchField({
  value,
  isPending,
  onChange,
}: {
  value: string
  isPending: boolean
  onChange: (text: string) => void
}) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.matches("input, textarea, [contenteditable]")
      if (event.key !== "/" || isTyping || event.metaKey || event.ctrlKey || event.altKey) return
      event.preventDefault()
      field.current?.focus()
    }
    window.addEventListener("keydown", focus)
    return () => window.removeEventListener("keydown", focus)
  }, [])
  return (
    <div className="relative min-w-48 flex-1">
      <Search
        aria-hidden
        className={classNames(
          "absolute top-2.5 left-3 size-4 text-ink-muted",
          isPending && "animate-pulse text-accent-ink",
        )}
      />
      <Input
        ref={field}
        type="search"
        aria-label="Search memories"
        aria-keyshortcuts="/"
        placeholder="Search what was learned …  /"
        value={value}
        maxLength={2_000}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        className="pl-9"
      />
    </div>
  )
}
