import { createHash } from "node:crypto"

/** A short key of an item's title and content: what makes two records the same lesson. */
export function contentKey({ title, content }: { title: string; content: string }): string {
  return createHash("sha256")
    .update(JSON.stringify([title, content]))
    .digest("base64url")
    .slice(0, 22)
}
