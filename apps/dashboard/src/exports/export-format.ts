import { z } from "zod"

/** A file format of an export; `?format=` in the address. */
export type ExportFormat = "csv" | "json" | "jsonl"

export const exportFormat = z.enum(["csv", "json", "jsonl"])

export const contentTypes: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
  jsonl: "application/x-ndjson; charset=utf-8",
}
