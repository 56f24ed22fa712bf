import {
  Activity,
  Brain,
  ChartNoAxesCombined,
  FlaskConical,
  type LucideIcon,
  Orbit,
  Route,
  Truck,
  Users,
} from "lucide-react"
import type { WorkspacePage } from "./workspace-path.ts"

/** `key` after g goes there. */
export type NavigationEntry = { page: WorkspacePage; label: string; Icon: LucideIcon; key: string }

export const navigation: readonly NavigationEntry[] = [
  { page: "overview", label: "Overview", Icon: ChartNoAxesCombined, key: "o" },
  { page: "memories", label: "Memories", Icon: Brain, key: "m" },
  { page: "traces", label: "Traces", Icon: Route, key: "t" },
  { page: "latency", label: "Latency", Icon: Activity, key: "l" },
  { page: "playground", label: "Playground", Icon: FlaskConical, key: "p" },
  { page: "map", label: "Map", Icon: Orbit, key: "a" },
  { page: "migrations", label: "Migrations", Icon: Truck, key: "i" },
  { page: "members", label: "Members", Icon: Users, key: "e" },
]
