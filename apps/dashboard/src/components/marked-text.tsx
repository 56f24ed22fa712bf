import { splitAtWords } from "../search-words/split-at-words.ts"

/** Text with the words of a query marked. */
export function MarkedText({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text
  return splitAtWords({ text, words }).map(({ text: part, isMatch }, place) =>
    isMatch ? (
      <mark key={place} className="rounded-sm bg-accent-soft font-medium text-accent-ink">
        {part}
      </mark>
    ) : (
      part
    ),
  )
}
