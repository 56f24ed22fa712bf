import type { StoredMemoryItem } from "./stored-rows.ts"

/** Any of these must match: all words and "phrases" of it, and none that `-` stands before. */
type KeywordQuery = { required: string[]; excluded: string[] }[]

const token = /(-?)"([^"]*)"|(-?)([^\s"]+)/g
const word = /[\p{L}\p{N}]+/gu
const fieldWeights = { title: 4, description: 2, content: 1 } as const

/** Reads a query as `websearch_to_tsquery` of Postgres does: `or` parts alternatives. */
export function parseKeywordQuery(text: string): KeywordQuery {
  const alternatives: KeywordQuery = [{ required: [], excluded: [] }]
  for (const [, phraseSign, phrase, wordSign, single] of text.matchAll(token)) {
    if (single?.toLowerCase() === "or") alternatives.push({ required: [], excluded: [] })
    const term = single?.toLowerCase() === "or" ? "" : normalise(phrase ?? single ?? "")
    if (term === "") continue
    const { required, excluded } = alternatives.at(-1) ?? { required: [], excluded: [] }
    if ((phraseSign ?? wordSign) === "-") excluded.push(term)
    else required.push(term)
  }
  return alternatives.filter(({ required }) => required.length > 0)
}

/** How well an item matches, higher is better; null when it does not. */
export function matchKeywords({
  memory,
  query,
}: {
  memory: StoredMemoryItem
  query: KeywordQuery
}): number | null {
  const { title, description, content } = memory
  const texts = { title, description: description ?? "", content }
  const fields = Object.entries(texts).map(([field, text]) => ({
    weight: fieldWeights[field as keyof typeof fieldWeights],
    words: ` ${normalise(text)} `,
  }))
  const score = (term: string) =>
    fields.reduce((sum, { weight, words }) => sum + (words.includes(` ${term} `) ? weight : 0), 0)
  const scores = query.map(({ required, excluded }) => {
    if (excluded.some((term) => score(term) > 0)) return 0
    const each = required.map(score)
    return each.includes(0) ? 0 : each.reduce((sum, some) => sum + some, 0)
  })
  const best = Math.max(0, ...scores)
  return best === 0 ? null : best
}

function normalise(text: string): string {
  return (text.normalize("NFC").toLowerCase().match(word) ?? []).join(" ")
}
