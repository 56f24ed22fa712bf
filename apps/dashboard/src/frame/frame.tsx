import type { ReactNode } from "react"
import { readSession } from "../data/open-session.ts"
import { listWorkspaces } from "../data/workspaces.ts"
import { FrameProvider } from "./frame-provider.tsx"
import { OfflineNotice } from "./offline-notice.tsx"
import { PhoneNavigation } from "./phone-navigation.tsx"
import { Rail } from "./rail.tsx"
import { readRailState } from "./rail-state.ts"
import { TopBar } from "./top-bar.tsx"

/** Rail, top bar and the page between them; `workspaceId` null is the view across all workspaces. */
export async function Frame({
  workspaceId,
  children,
}: {
  workspaceId: string | null
  children: ReactNode
}) {
  const [workspaces, session, isCollapsed] = await Promise.all([
    listWorkspaces(),
    readSession(),
    readRailState(),
  ])
  const email = session?.user.email ?? ""
  return (
    <FrameProvider frame={{ workspaces, workspaceId, email }}>
      <a
        href="#page"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-on-accent text-sm focus:translate-y-0"
      >
        Skip to the page
      </a>
      <div className="flex min-h-dvh">
        <Rail isCollapsedAtFirst={isCollapsed} />
        <div className="flex min-w-0 flex-1 flex-col pb-14 md:pb-0">
          <OfflineNotice />
          <TopBar />
          <main id="page" tabIndex={-1} className="flex-1 px-4 py-6 outline-none sm:px-6 lg:px-8">
            <div className="mx-auto w-full max-w-[1680px]">{children}</div>
          </main>
        </div>
        <PhoneNavigation />
      </div>
    </FrameProvider>
  )
}
