import type { ReactNode } from "react"
import { PendingDeletionsProvider } from "./pending-deletions.tsx"

export default function MemoriesLayout({ children }: { children: ReactNode }) {
  return <PendingDeletionsProvider>{children}</PendingDeletionsProvider>
}
