import { ReasoningBankError, type TargetDescription } from "@reasoningbank/core"
import type { OpenedTarget } from "./open-target.ts"

/** Raises `target:no_schema` unless the target has this tool's tables; nothing is applied. */
export async function assertReadable({ target }: OpenedTarget): Promise<TargetDescription> {
  const description = await target.describe()
  if (description.schemaVersions.length > 0) return description
  throw new ReasoningBankError({
    code: "target:no_schema",
    message: `${description.location} has no ReasoningBank schema, so there is nothing to read.`,
    hint: "Name the target with --database-url, or --supabase-url and SUPABASE_KEY; without them it is the embedded Supabase of this directory.",
  })
}
