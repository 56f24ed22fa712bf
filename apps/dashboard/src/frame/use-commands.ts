import {
  Bookmark,
  Keyboard,
  KeyRound,
  Layers,
  LogOut,
  type LucideIcon,
  Moon,
  Plus,
  Search,
  Settings,
  Sun,
} from "lucide-react"
import { useRouter } from "next/navigation"
import { useTheme } from "next-themes"
import { startTransition } from "react"
import { signOutAction } from "../app/sign-out-action.ts"
import type { SavedView } from "../data/saved-views.ts"
import { useFrame } from "./frame-provider.tsx"
import { navigation } from "./navigation.ts"
import { workspacePath } from "./workspace-path.ts"

export type Command = {
  /** Unique among all. */
  value: string
  label: string
  Icon: LucideIcon
  /** What does the same from anywhere. */
  keys?: string
  run: () => void
}

export type CommandGroup = { value: string; items: Command[] }

/** What the palette offers now; `typed` becomes a search of the memories. */
export function useCommands({
  typed,
  views,
  onShowShortcuts,
}: {
  typed: string
  views: readonly SavedView[]
  onShowShortcuts: () => void
}): CommandGroup[] {
  const { workspace, workspaces } = useFrame()
  const { resolvedTheme, setTheme } = useTheme()
  const router = useRouter()
  const go = (value: string, label: string, Icon: LucideIcon, keys?: string): Command => ({
    value,
    label,
    Icon,
    ...(keys !== undefined && { keys }),
    run: () => router.push(value),
  })
  const groups: CommandGroup[] = []
  if (workspace !== null) {
    const { id, name } = workspace
    groups.push({
      value: name,
      items: [
        ...navigation.map(({ page, label, Icon, key }) =>
          go(workspacePath({ workspaceId: id, page }), label, Icon, `g ${key}`),
        ),
        go(workspacePath({ workspaceId: id, page: "settings" }), "Settings", Settings),
      ],
    })
    if (views.length > 0) {
      groups.push({
        value: "Views",
        items: views.map(({ page, name: view, query }) =>
          go(
            workspacePath({ workspaceId: id, page, rest: `?${query}` }),
            `${view} · ${page === "memories" ? "Memories" : "Traces"}`,
            Bookmark,
          ),
        ),
      })
    }
    const words = typed.trim()
    if (words !== "") {
      const rest = `?q=${encodeURIComponent(words)}`
      groups.push({
        value: "Search",
        items: [
          go(
            workspacePath({ workspaceId: id, page: "memories", rest }),
            `Search the memories for “${words}”`,
            Search,
          ),
        ],
      })
    }
  }
  groups.push({
    value: "Workspaces",
    items: [
      go("/workspaces", "All workspaces", Layers, "g w"),
      ...workspaces
        .filter(({ id }) => id !== workspace?.id)
        .map(({ id, name }) =>
          go(workspacePath({ workspaceId: id, page: "overview" }), name, Layers),
        ),
      go("/welcome", "New workspace", Plus),
    ],
  })
  const isDark = resolvedTheme === "dark"
  groups.push({
    value: "Do",
    items: [
      {
        value: "theme",
        label: isDark ? "Use the light theme" : "Use the dark theme",
        Icon: isDark ? Sun : Moon,
        run: () => setTheme(isDark ? "light" : "dark"),
      },
      {
        value: "keys",
        label: "Keyboard shortcuts",
        Icon: Keyboard,
        keys: "?",
        run: onShowShortcuts,
      },
      go("/account", "Password and sessions", KeyRound),
      {
        value: "sign-out",
        label: "Sign out",
        Icon: LogOut,
        run: () => startTransition(() => signOutAction()),
      },
    ],
  })
  return groups
}
