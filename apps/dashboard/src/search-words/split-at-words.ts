export type TextPart = { text: string; isMatch: boolean }

const token = /[\p{L}\p{N}_]+/gu
const ending = /(?:ings?|edly|ed|es|s|ly|e|y)$/
const shortestStem = 3

/** The text in parts, those that hold a word of the query marked. Endings do not matter, as they do not to the search. */
export function splitAtWords({
  text,
  words,
}: {
  text: string
  words: readonly string[]
}): TextPart[] {
  const stems = words.map(stem).filter((word) => word.length > 1)
  const parts: TextPart[] = []
  let end = 0
  if (stems.length > 0) {
    for (const { 0: word, index } of text.matchAll(token)) {
      const lower = word.toLowerCase()
      if (!stems.some((wanted) => lower.startsWith(wanted))) continue
      if (index > end) parts.push({ text: text.slice(end, index), isMatch: false })
      parts.push({ text: word, isMatch: true })
      end = index + word.length
    }
  }
  if (end < text.length) parts.push({ text: text.slice(end), isMatch: false })
  return parts
}

function stem(word: string): string {
  const short = word.replace(ending, "")
  return short.length >= shortestStem ? short : word
}
