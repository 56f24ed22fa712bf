import type { JsonObject } from "../../json/json-value.ts"

const itemHeading = /^\s*(?:#{1,6}\s*|\*\*)Memory Item\b.*$/i
const fieldHeading = /^\s*(?:#{1,6}\s*|\*\*)(Title|Description|Content)\b[:*\s]*(.*)$/i
const fence = /^\s*```/

type Field = "title" | "description" | "content"

/**
 * Memory items that a language model wrote as Markdown: headings `Memory Item`, `Title`, `Description`,
 * `Content`, a value behind its heading or below it, perhaps in code fences. Null when it holds no such heading;
 * `rest` is what stands before the first item.
 */
export function parseMarkdownItems(
  text: string,
): { memoryItems: JsonObject[]; rest: string } | null {
  const memoryItems: JsonObject[] = []
  let item: JsonObject | null = null
  let field: Field | null = null
  let lines: string[] = []
  let rest = ""

  const finishField = () => {
    const value = withoutFences(lines)
    lines = []
    if (item !== null && field !== null) item[field] = value
    else if (item === null && value !== "") rest = value
    else if (item !== null && value !== "") item.text = value
  }
  const begin = () => {
    item = Object.create(null) as JsonObject
    memoryItems.push(item)
    field = null
  }

  for (const line of text.split(/\r?\n/)) {
    const heading = fieldHeading.exec(line)
    if (itemHeading.test(line)) {
      finishField()
      begin()
    } else if (heading !== null) {
      finishField()
      const name = fieldOf(heading[1])
      if (item === null || Object.hasOwn(item, name)) begin()
      field = name
      lines = [(heading[2] ?? "").replace(/\*\*\s*$/, "")]
    } else lines.push(line)
  }
  finishField()
  const told = memoryItems.filter((found) => Object.keys(found).length > 0)
  return told.length === 0 ? null : { memoryItems: told, rest }
}

function fieldOf(word = ""): Field {
  const name = word.toLowerCase()
  return name === "title" || name === "description" ? name : "content"
}

/** Fences around the items end up at the end of the field before them. */
function withoutFences(lines: string[]): string {
  const kept = [...lines]
  for (;;) {
    while (kept.length > 0 && kept.at(-1)?.trim() === "") kept.pop()
    if (kept.length === 0 || !fence.test(kept.at(-1) ?? "")) break
    const fences = kept.filter((line) => fence.test(line)).length
    const isPair =
      kept.length > 1 &&
      fence.test(
        kept.findLast((line, index) => index < kept.length - 1 && line.trim() !== "") ?? "",
      )
    if (fences % 2 === 0 && !isPair) break
    kept.pop()
  }
  return kept.join("\n").trim()
}
