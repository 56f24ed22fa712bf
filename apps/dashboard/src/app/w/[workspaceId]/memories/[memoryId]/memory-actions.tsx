"use client"

import { Pencil, Trash2 } from "lucide-react"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { Button } from "../../../../../components/button.tsx"
import { Sheet } from "../../../../../components/dialog.tsx"
import type { Memory } from "../../../../../data/memory.ts"
import { workspacePath } from "../../../../../frame/workspace-path.ts"
import { usePendingDeletions } from "../pending-deletions.tsx"
import { EditMemoryForm } from "./edit-memory-form.tsx"

/** What an editor can do with a memory. */
export function MemoryActions({ memory, domains }: { memory: Memory; domains: readonly string[] }) {
  const { workspaceId, id, title } = memory
  const [isEditing, setIsEditing] = useState(false)
  const { remove } = usePendingDeletions()
  const router = useRouter()
  return (
    <>
      <Button onClick={() => setIsEditing(true)}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <Button
        tone="danger"
        onClick={() => {
          const address = workspacePath({ workspaceId, page: "memories", rest: `/${id}/row` })
          remove({ id, title, address })
          router.push(workspacePath({ workspaceId, page: "memories" }))
        }}
      >
        <Trash2 aria-hidden />
        Delete
      </Button>
      <Sheet isOpen={isEditing} onOpenChange={setIsEditing} title="Edit memory" side="right">
        <EditMemoryForm memory={memory} domains={domains} onDone={() => setIsEditing(false)} />
      </Sheet>
    </>
  )
}
