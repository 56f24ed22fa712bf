"use client"

import { Plus, X } from "lucide-react"
import Link from "next/link"
import { type FormEvent, startTransition, useOptimistic, useState } from "react"
import { Button } from "../../../../../components/button.tsx"
import { Input } from "../../../../../components/input.tsx"
import { workspacePath } from "../../../../../frame/workspace-path.ts"
import { serializeMemoryParams } from "../search-params.ts"
import { useMemoryEdit } from "./use-memory-edit.ts"

/** The tags of a memory; editors add and remove them in place. A refused change goes back to what was. */
export function MemoryTags({
  memory,
  knownTags,
  canEdit,
}: {
  memory: { workspaceId: string; id: string; tags: readonly string[]; updatedAt: string }
  knownTags: readonly string[]
  canEdit: boolean
}) {
  const { workspaceId } = memory
  const [tags, setTags] = useOptimistic(memory.tags)
  const [isAdding, setIsAdding] = useState(false)
  const edit = useMemoryEdit(memory)
  const change = (next: readonly string[]) =>
    startTransition(async () => {
      setTags(next)
      await edit({
        changes: { pattern_tags: [...next] },
        before: { pattern_tags: [...tags] },
        saved: "Tags saved",
      })
    })
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const tag = String(new FormData(event.currentTarget).get("tag") ?? "").trim()
    setIsAdding(false)
    if (tag !== "" && !tags.includes(tag)) change([...tags, tag])
  }
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {tags.length > 0 && (
        <ul aria-label="Tags" className="contents">
          {tags.map((tag) => (
            <li
              key={tag}
              className="inline-flex h-7 max-w-full items-center rounded-md border border-line bg-sunken font-mono text-xs"
            >
              <Link
                href={workspacePath({
                  workspaceId,
                  page: "memories",
                  rest: serializeMemoryParams({ tag: [tag] }),
                })}
                prefetch={false}
                className="truncate px-2 hover:underline"
              >
                {tag}
              </Link>
              {canEdit && (
                <button
                  type="button"
                  aria-label={`Remove tag ${tag}`}
                  onClick={() => change(tags.filter((other) => other !== tag))}
                  className="grid h-full w-6 place-items-center text-ink-muted hover:text-failure"
                >
                  <X aria-hidden className="size-3.5" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {canEdit && !isAdding && (
        <Button size="small" tone="quiet" onClick={() => setIsAdding(true)}>
          <Plus aria-hidden />
          Add tag
        </Button>
      )}
      {isAdding && (
        <form onSubmit={add} className="flex gap-1.5">
          <Input
            name="tag"
            aria-label="New tag"
            list="known-tags"
            maxLength={200}
            autoFocus
            autoComplete="off"
            className="h-7 w-40 font-mono text-xs"
            onKeyDown={(event) => {
              if (event.key === "Escape") setIsAdding(false)
            }}
          />
          <datalist id="known-tags">
            {knownTags.slice(0, 200).map((tag) => (
              <option key={tag} value={tag} />
            ))}
          </datalist>
          <Button type="submit" size="small">
            Add
          </Button>
        </form>
      )}
      {tags.length === 0 && !canEdit && <span className="text-ink-muted text-sm">No tags</span>}
    </div>
  )
}
