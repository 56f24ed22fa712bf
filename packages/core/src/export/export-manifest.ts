import { z } from "zod"

export const exportFormat = "reasoningbank-export/1"
export const exportManifestName = "manifest.json"

/** What a directory of an export holds: for each collection a file of records, one JSON a line, and one of float32. */
export const exportManifestSchema = z.object({
  format: z.literal(exportFormat),
  created_at: z.string(),
  /** Where the rows came from. */
  exported_from: z.string(),
  collections: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      recordCount: z.int(),
      /** Floats a vector; null when none has one. */
      dimension: z.int().nullable(),
      /** The records, then the vectors: little-endian float32, `vector` of a record counts from 0. */
      files: z.array(
        z.object({ name: z.string().regex(/^[^/\\]+$/), bytes: z.int(), sha256: z.string() }),
      ),
    }),
  ),
})

export type ExportManifest = z.infer<typeof exportManifestSchema>
