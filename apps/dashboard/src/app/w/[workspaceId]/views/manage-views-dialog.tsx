"use client"

import { Trash2 } from "lucide-react"
import { type FormEvent, useState } from "react"
import { Button } from "../../../../components/button.tsx"
import { Dialog } from "../../../../components/dialog.tsx"
import { Input } from "../../../../components/input.tsx"
import type { SavedView } from "../../../../data/saved-views.ts"
import { type Refusal, useViewActions } from "./use-view-actions.ts"

/** Every saved view of a list with its name to change and a button to delete it. */
export function ManageViewsDialog({
  workspaceId,
  views,
  onClose,
}: {
  workspaceId: string
  views: readonly SavedView[]
  onClose: () => void
}) {
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Your views">
      {views.length === 0 ? (
        <p className="text-ink-muted text-sm">No view is left.</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {views.map((view) => (
            <ViewRow key={view.id} workspaceId={workspaceId} view={view} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function ViewRow({ workspaceId, view }: { workspaceId: string; view: SavedView }) {
  const [name, setName] = useState(view.name)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { rename, remove } = useViewActions(workspaceId)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setRefusal(await rename({ id: view.id, name: name.trim() }))
  }
  const isChanged = name.trim() !== view.name
  return (
    <li>
      <form onSubmit={submit} className="flex items-center gap-2">
        <Input
          aria-label={`Name of ${view.name}`}
          aria-invalid={refusal === null ? undefined : true}
          value={name}
          maxLength={80}
          required
          onChange={({ target }) => setName(target.value)}
        />
        {isChanged && <Button type="submit">Rename</Button>}
        <Button
          tone="danger"
          size="icon"
          aria-label={`Delete ${view.name}`}
          onClick={() => void remove(view)}
        >
          <Trash2 aria-hidden />
        </Button>
      </form>
      {refusal !== null && (
        <p role="alert" className="pt-1 text-failure text-sm">
          {refusal.message} {refusal.hint}
        </p>
      )}
    </li>
  )
}
