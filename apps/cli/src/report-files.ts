import { resolve } from "node:path"
import type { MigrationReport, VerificationReport } from "@reasoningbank/core"
import { renderReport } from "./html-report/render-report.ts"
import { assertWritable, writeJsonFile, writeTextFile } from "./write-json-file.ts"

/** Where `--report` and `--html` want the report; raises `usage` for a place that can not be written to. */
export async function reportFiles({
  options,
  directory,
}: {
  options: { report?: string | undefined; html?: string | undefined }
  directory: string
}) {
  const json = options.report === undefined ? null : resolve(directory, options.report)
  const html = options.html === undefined ? null : resolve(directory, options.html)
  for (const path of [json, html]) if (path !== null) await assertWritable(path)
  return {
    async save(report: MigrationReport | VerificationReport) {
      if (json !== null) await writeJsonFile({ path: json, value: report })
      if (html !== null) await writeTextFile({ path: html, text: renderReport(report) })
    },
  }
}
