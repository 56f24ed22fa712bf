import { z } from "zod"

export const archiveFormat = "reasoningbank-chroma-backup/1"
/** First in the archive, beside the directory, so that it can be read without the rest. */
export const manifestName = "chroma_backup.json"

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What an archive holds: every file with its checksum, and what the records in it were. */
export const archiveManifestSchema = z.object({
  format: z.literal(archiveFormat),
  created_at: z.string(),
  /** The directory that unpacking makes. */
  root: z.string().regex(/^[^/\\\0]+$/),
  chroma_version: z.string(),
  /** SHA-256 of names, sizes and times of the source's files; null when it was written to meanwhile. */
  source_stamp: sha256.nullable(),
  /** SHA-256 over the collections' digests and the traces file: equal for equal content. */
  content_digest: sha256,
  files: z.array(
    z.object({
      /** Relative to the root, with slashes. */
      path: z.string().regex(/^[^/\\\0]+(\/[^/\\\0]+)?$/),
      bytes: z.int().nonnegative(),
      sha256,
      modified_at: z.string(),
    }),
  ),
  collections: z.array(
    z.object({
      tenant: z.string(),
      database: z.string(),
      name: z.string(),
      id: z.string(),
      records: z.int(),
      vectors: z.int(),
      /** SHA-256 of its records in their order, as `formatDumpLine` writes them. */
      sha256,
    }),
  ),
})

export type ArchiveManifest = z.infer<typeof archiveManifestSchema>
export type ArchivedFile = ArchiveManifest["files"][number]
export type CollectionDigest = ArchiveManifest["collections"][number]
