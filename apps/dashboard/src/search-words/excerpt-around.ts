import { splitAtWords } from "./split-at-words.ts"

const lead = 60

/** The stretch of a text around its first matching word, or its beginning; cut at spaces, with ellipses. */
export function excerptAround({
  text,
  words,
  length,
}: {
  text: string
  words: readonly string[]
  length: number
}): string {
  const flat = text.replace(/\s+/g, " ").trim()
  if (flat.length <= length) return flat
  const parts = splitAtWords({ text: flat, words })
  const first = parts.findIndex(({ isMatch }) => isMatch)
  const position = parts
    .slice(0, Math.max(first, 0))
    .reduce((sum, part) => sum + part.text.length, 0)
  const wanted = Math.max(0, Math.min(position - lead, flat.length - length))
  const start = wanted === 0 ? 0 : flat.indexOf(" ", wanted) + 1
  const last = flat.lastIndexOf(" ", start + length)
  const isWhole = start + length >= flat.length
  const end = isWhole ? flat.length : last > start ? last : start + length
  return `${start > 0 ? "… " : ""}${flat.slice(start, end)}${end < flat.length ? " …" : ""}`
}
