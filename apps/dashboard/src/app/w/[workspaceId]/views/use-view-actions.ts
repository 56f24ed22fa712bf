import { unstable_rethrow } from "next/navigation"
import { useToast } from "../../../../components/toasts.tsx"
import type { SavedView } from "../../../../data/saved-views.ts"
import type { ActionResult } from "../../../../forms/run-action.ts"
import { deleteViewAction, renameViewAction, saveViewAction } from "./actions.ts"

export type Refusal = { message: string; hint?: string | undefined }

/** Saves, renames and deletes views; each resolves with what was refused, or null. */
export function useViewActions(workspaceId: string) {
  const toast = useToast()
  const save = async (view: SavedView) => settle(() => saveViewAction({ workspaceId, view }))
  return {
    save,
    rename: async ({ id, name }: { id: string; name: string }) =>
      settle(() => renameViewAction({ workspaceId, id, name })),
    /** Can be undone for a while. */
    remove: async (view: SavedView): Promise<void> => {
      const refusal = await settle(() => deleteViewAction({ workspaceId, id: view.id }))
      if (refusal !== null) {
        toast({
          tone: "failure",
          title: `“${view.name}” was not deleted`,
          description: refusal.message,
        })
        return
      }
      toast({
        title: "View deleted",
        description: view.name,
        action: {
          label: "Undo",
          run: () => {
            void save(view).then((undone) => {
              if (undone === null) return
              toast({
                tone: "failure",
                title: `“${view.name}” could not be brought back`,
                description: undone.message,
              })
            })
          },
        },
      })
    },
  }
}

async function settle(act: () => Promise<ActionResult<null>>): Promise<Refusal | null> {
  try {
    const answer = await act()
    if (answer.status === "done") return null
    return {
      message: answer.fieldErrors?.["view.name"] ?? answer.fieldErrors?.name ?? answer.message,
      hint: answer.hint,
    }
  } catch (error) {
    unstable_rethrow(error)
    return { message: "The server does not answer. Nothing was changed.", hint: "Try again." }
  }
}
