export { buildDashboard } from "./build-dashboard.ts"
export { type DashboardSettings, type RunningDashboard, startDashboard } from "./start-dashboard.ts"
