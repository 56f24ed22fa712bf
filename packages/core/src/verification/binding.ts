import { createHash } from "node:crypto"
import type { VerificationSettings } from "./verification-settings.ts"

/** Raised with every change of what a checkpoint means. */
const checkpointVersion = 1

/** SHA-256 of what decides the answer of a verification: only one with the same may go on from its checkpoint. */
export function verificationBinding({
  settings,
  collectionIds,
  schemaVersions,
}: {
  settings: VerificationSettings
  collectionIds: string[]
  schemaVersions: string[]
}): string {
  const { defaultWorkspaceId, sourceTimezone, pageSize, tracesFile, source } = settings
  return createHash("sha256")
    .update(
      JSON.stringify({
        checkpointVersion,
        schemaVersions,
        collectionIds,
        defaultWorkspaceId,
        sourceTimezone,
        pageSize,
        location: source?.describe().location ?? null,
        tracesFile: tracesFile?.path ?? null,
      }),
    )
    .digest("hex")
}
