"use client"

import { LoaderCircle, Play, X } from "lucide-react"
import { useQueryStates } from "nuqs"
import { type FormEvent, useState, useTransition } from "react"
import { Button } from "../../../../components/button.tsx"
import { Input } from "../../../../components/input.tsx"
import { Select } from "../../../../components/select.tsx"
import { searchModeLabels, searchModes } from "../../../../search-words/search-mode.ts"
import { playgroundParams, resultCounts } from "./search-params.ts"

const modes = searchModes.map((value) => ({ value, label: searchModeLabels[value] }))
const counts = resultCounts.map((value) => ({ value: String(value), label: `${value} results` }))
const opponents = [
  { value: "chroma", label: "against Chroma" },
  { value: "exact", label: "against exact search" },
] as const

/** The question; it is asked when it is sent, not while it is typed: each asks two databases. */
export function PlaygroundForm({
  likeTitle,
  hasChroma,
}: {
  /** Of the memory whose vector is the question. */
  likeTitle: string | null
  hasChroma: boolean
}) {
  const [isPending, startTransition] = useTransition()
  const [{ q, k, mode, against }, setQuestion] = useQueryStates(playgroundParams, {
    shallow: false,
    history: "push",
    startTransition,
  })
  const [typed, setTyped] = useState(q)
  const [asked, setAsked] = useState(q)
  if (asked !== q) {
    setAsked(q)
    setTyped(q)
  }
  const ask = (event: FormEvent) => {
    event.preventDefault()
    const text = typed.trim()
    if (text !== "") void setQuestion({ q: text, like: null })
  }
  return (
    <search aria-label="Playground" aria-busy={isPending} className="pb-4">
      <form onSubmit={ask} className="flex flex-wrap gap-2">
        <Input
          type="search"
          aria-label="Question"
          placeholder="What would an agent ask?"
          value={typed}
          maxLength={2_000}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          className="min-w-48 flex-1 basis-80"
        />
        <Select
          label="Search by"
          value={mode}
          onChange={(chosen) => void setQuestion({ mode: chosen })}
          options={modes}
          disabled={likeTitle !== null}
          className="h-9 w-28"
        />
        <Select
          label="Results"
          value={String(k)}
          onChange={(chosen) =>
            void setQuestion({ k: resultCounts.find((count) => String(count) === chosen) ?? null })
          }
          options={counts}
          className="h-9 w-32"
        />
        {hasChroma && (
          <Select
            label="Compare"
            value={against ?? "chroma"}
            onChange={(chosen) => void setQuestion({ against: chosen })}
            options={opponents}
            className="h-9 w-48"
          />
        )}
        <Button type="submit" tone="primary" size="large" aria-disabled={isPending || undefined}>
          {isPending ? <LoaderCircle aria-hidden className="animate-spin" /> : <Play aria-hidden />}
          Ask
        </Button>
      </form>
      {likeTitle !== null && (
        <p className="mt-2 text-sm">
          <span className="text-ink-muted">Asked with the stored vector of </span>
          <span className="font-medium">{likeTitle}</span>{" "}
          <Button size="small" tone="quiet" onClick={() => void setQuestion({ like: null })}>
            <X aria-hidden />
            Ask with a text instead
          </Button>
        </p>
      )}
    </search>
  )
}
