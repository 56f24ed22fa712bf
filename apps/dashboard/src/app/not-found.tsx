import { Compass } from "lucide-react"
import Link from "next/link"
import { buttonStyle } from "../components/button.tsx"
import { EmptyState } from "../components/empty-state.tsx"

export default function NotFoundPage() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={<Compass aria-hidden />}
        level="h1"
        title="There is nothing here for you"
        action={
          <Link href="/" className={buttonStyle({ tone: "primary" })}>
            To your workspaces
          </Link>
        }
      >
        The address is wrong, what was here is gone, or you are not a member of its workspace. An
        owner can invite you.
      </EmptyState>
    </main>
  )
}
