import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { z } from "zod"
import { migrationReportSchema } from "../packages/core/src/migration/migration-report.ts"
import { verificationReportSchema } from "../packages/core/src/verification/verification-report.ts"

const path = fileURLToPath(new URL("../docs/migration-report.schema.json", import.meta.url))
const reports = z.discriminatedUnion("format", [migrationReportSchema, verificationReportSchema])
const schema = z.toJSONSchema(reports, { target: "draft-2020-12" })
const text = `${JSON.stringify({ title: "ReasoningBank migration or verification report", ...schema }, null, 2)}\n`

if (process.argv.includes("--check")) {
  if (readFileSync(path, "utf8") !== text) {
    process.stderr.write(
      "docs/migration-report.schema.json is not what the code says; run: pnpm docs:schema\n",
    )
    process.exitCode = 1
  }
} else {
  writeFileSync(path, text)
}
