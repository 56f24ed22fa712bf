"use client"

import { type FormEvent, useState } from "react"
import { Button } from "../../../../components/button.tsx"
import { Dialog, DialogClose } from "../../../../components/dialog.tsx"
import { Field } from "../../../../components/field.tsx"
import { Input } from "../../../../components/input.tsx"
import { useToast } from "../../../../components/toasts.tsx"
import type { ViewPage } from "../../../../data/saved-views.ts"
import { type Refusal, useViewActions } from "./use-view-actions.ts"

/** Asks for the name of a view. */
export function SaveViewDialog({
  workspaceId,
  page,
  query,
  onClose,
}: {
  workspaceId: string
  page: ViewPage
  query: string
  onClose: () => void
}) {
  const [name, setName] = useState("")
  const [isSaving, setIsSaving] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { save } = useViewActions(workspaceId)
  const toast = useToast()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isSaving) return
    setIsSaving(true)
    const refused = await save({ id: crypto.randomUUID(), page, name: name.trim(), query })
    setIsSaving(false)
    setRefusal(refused)
    if (refused !== null) return
    toast({ title: "View saved", description: name.trim() })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Save this view"
      description="The search and filters as they are now. Only you see it, here and in ⌘K."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label="Name"
          {...(refusal !== null && { error: `${refusal.message} ${refusal.hint ?? ""}`.trim() })}
        >
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={80}
              required
              autoComplete="off"
              placeholder="Failures of this month"
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <DialogClose>Cancel</DialogClose>
          <Button type="submit" tone="primary" aria-disabled={isSaving}>
            {isSaving ? "Saving …" : "Save"}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
