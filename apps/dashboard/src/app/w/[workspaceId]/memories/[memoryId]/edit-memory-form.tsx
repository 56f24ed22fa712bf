"use client"

import { useRouter } from "next/navigation"
import { type FormEvent, useRef, useState, useTransition } from "react"
import { Button } from "../../../../../components/button.tsx"
import { Field } from "../../../../../components/field.tsx"
import { Input } from "../../../../../components/input.tsx"
import { TextArea } from "../../../../../components/text-area.tsx"
import type { Memory } from "../../../../../data/memory.ts"
import type { ActionResult } from "../../../../../forms/run-action.ts"
import { contextFields, readMemoryChanges } from "./read-memory-changes.ts"
import { useMemoryEdit } from "./use-memory-edit.ts"

/** All of a memory that can be changed. What was typed stays when a write is refused. */
export function EditMemoryForm({
  memory,
  domains,
  onDone,
}: {
  memory: Memory
  domains: readonly string[]
  onDone: () => void
}) {
  // What undo and the check for other people's changes go by is what stood here when the form was opened.
  const { current: opened } = useRef(memory)
  const [refusal, setRefusal] = useState<Extract<ActionResult<string>, { status: "refused" }>>()
  const [isSaving, startTransition] = useTransition()
  const router = useRouter()
  const edit = useMemoryEdit(opened)
  const errors = refusal?.fieldErrors ?? {}
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const change = readMemoryChanges({ form: new FormData(event.currentTarget), memory: opened })
    if (change === null) return onDone()
    startTransition(async () => {
      const answer = await edit({ ...change, saved: "Memory saved", isRefusalShown: true })
      if (answer.status === "done") onDone()
      else setRefusal(answer)
    })
  }
  return (
    <form onSubmit={save} noValidate className="flex min-h-full flex-col">
      <div className="flex flex-1 flex-col gap-4 p-4">
        {refusal !== undefined && (
          <div role="alert" className="rounded-md bg-failure-soft px-3 py-2 text-sm">
            <strong className="font-medium">{refusal.message}</strong>{" "}
            {refusal.hint !== undefined && <span className="text-ink-muted">{refusal.hint}</span>}
            {refusal.code === "conflict" && (
              <Button
                size="small"
                className="mt-2"
                onClick={() => {
                  onDone()
                  router.refresh()
                }}
              >
                Show the other version
              </Button>
            )}
          </div>
        )}
        <Field label="Title" error={errors["changes.title"]}>
          {(control) => (
            <Input {...control} name="title" defaultValue={opened.title} maxLength={200} />
          )}
        </Field>
        <Field label="Description" error={errors["changes.description"]}>
          {(control) => (
            <TextArea
              {...control}
              name="description"
              rows={2}
              defaultValue={opened.description ?? ""}
            />
          )}
        </Field>
        <Field label="Content" hint="Markdown." error={errors["changes.content"]}>
          {(control) => (
            <TextArea {...control} name="content" rows={10} defaultValue={opened.content} />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Domain" error={errors["changes.domain_category"]}>
            {(control) => (
              <Input
                {...control}
                name="domain"
                list="known-domains"
                defaultValue={opened.domain ?? ""}
              />
            )}
          </Field>
          <Field label="Difficulty" error={errors["changes.difficulty_level"]}>
            {(control) => (
              <Input
                {...control}
                name="difficulty"
                list="known-difficulties"
                defaultValue={opened.difficulty ?? ""}
              />
            )}
          </Field>
          <datalist id="known-domains">
            {domains.slice(0, 200).map((domain) => (
              <option key={domain} value={domain} />
            ))}
          </datalist>
          <datalist id="known-difficulties">
            {["simple", "moderate", "complex", "expert"].map((difficulty) => (
              <option key={difficulty} value={difficulty} />
            ))}
          </datalist>
        </div>
        <fieldset className="flex flex-col gap-4 rounded-md border border-line p-4">
          <legend className="px-1 font-medium text-sm">Error context</legend>
          {contextFields(opened.errorContext).map(({ key, label, value }) => (
            <Field key={key} label={label}>
              {(control) => (
                <TextArea {...control} name={`context.${key}`} rows={2} defaultValue={value} />
              )}
            </Field>
          ))}
        </fieldset>
      </div>
      <div className="sticky bottom-0 flex justify-end gap-2 border-line border-t bg-raised p-4">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" tone="primary" aria-disabled={isSaving || undefined}>
          {isSaving ? "Saving …" : "Save"}
        </Button>
      </div>
    </form>
  )
}
