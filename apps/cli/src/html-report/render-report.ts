import type { MigrationReport, VerificationReport } from "@reasoningbank/core"
import { migrationView } from "./migration-view.ts"
import { renderView } from "./render-view.ts"
import { verificationView } from "./verification-view.ts"

/** A report as a page for people: one file that loads and runs nothing. */
export function renderReport(report: MigrationReport | VerificationReport): string {
  return renderView(
    report.format === "reasoningbank-verification-report/1"
      ? verificationView(report)
      : migrationView(report),
  )
}
