export { buildDashboard } from "./build-dashboard.ts"
export { checkPages } from "./check-pages.ts"
export { type DashboardSettings, type RunningDashboard, startDashboard } from "./start-dashboard.ts"
