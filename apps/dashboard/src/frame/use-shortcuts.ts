import { useRouter } from "next/navigation"
import { useEffect } from "react"
import { useFrame } from "./frame-provider.tsx"
import { navigation } from "./navigation.ts"
import { workspacePath } from "./workspace-path.ts"

/** After g this long is waited for the second key. */
const sequenceInMs = 1_000

/** Listens for ⌘K, ? and the sequences that begin with g; single keys are left to fields that are typed into. */
export function useShortcuts({
  onPalette,
  onSheet,
}: {
  onPalette: () => void
  onSheet: () => void
}): void {
  const { workspaceId } = useFrame()
  const router = useRouter()
  useEffect(() => {
    let isAfterG = 0
    const listen = (event: KeyboardEvent) => {
      const { key } = event
      if ((event.metaKey || event.ctrlKey) && key.toLowerCase() === "k") {
        event.preventDefault()
        onPalette()
        return
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTypedInto(event.target)) return
      if (key === "?") onSheet()
      const isSecond = Date.now() - isAfterG < sequenceInMs
      isAfterG = key === "g" ? Date.now() : 0
      if (!isSecond) return
      const page = navigation.find((entry) => entry.key === key)?.page
      if (key === "w") router.push("/workspaces")
      else if (page !== undefined && workspaceId !== null) {
        router.push(workspacePath({ workspaceId, page }))
      }
    }
    window.addEventListener("keydown", listen)
    return () => window.removeEventListener("keydown", listen)
  }, [workspaceId, router, onPalette, onSheet])
}

function isTypedInto(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest("input, textarea, select, [role=dialog], [role=menu], [role=listbox]") !==
        null)
  )
}
