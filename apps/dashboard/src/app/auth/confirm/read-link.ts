import { z } from "zod"
import { linkKinds } from "../../../data/link-kinds.ts"

export const linkSchema = z.object({
  token_hash: z.string().min(1).max(500),
  type: z.enum(linkKinds),
})

/** What the address of a mail's link says; null when part of it is missing. */
export function readLink(
  searchParams: Record<string, string | string[] | undefined>,
): z.output<typeof linkSchema> | null {
  return linkSchema.safeParse(searchParams).data ?? null
}
