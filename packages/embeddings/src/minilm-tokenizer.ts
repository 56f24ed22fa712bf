import { readFile } from "node:fs/promises"

const startOfText = 101
const endOfText = 102
const longestSequence = 256

/** Word piece ids of a text, between [CLS] and [SEP], at most 256 in all. */
export type MiniLmTokenizer = (text: string) => number[]

/** Reads `tokenizer.json` and gives the tokenizer that sentence-transformers uses for this model. */
export async function loadMiniLmTokenizer(tokenizerPath: string): Promise<MiniLmTokenizer> {
  const { BertTokenizer } = await import("@xenova/transformers")
  const definition: unknown = JSON.parse(await readFile(tokenizerPath, "utf8"))
  const tokenizer = new BertTokenizer(definition, { do_lower_case: true, model_max_length: 512 })
  return (text) => {
    const pieces = tokenizer.encode(withoutMarks(text), null, { add_special_tokens: false })
    return [startOfText, ...pieces.slice(0, longestSequence - 2), endOfText]
  }
}

/** The library strips Latin combining marks only; BERT strips every one (Unicode category Mn). */
function withoutMarks(text: string) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "")
}
