/** Markup that may stand in a page as it is. */
export type Markup = { markup: string }

type Part = Markup | Part[] | string | number | null | false

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

/** Puts markup together; whatever is not markup already is text, and escaped. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  const markup = strings.map((text, index) => text + render(parts[index] ?? null)).join("")
  return { markup }
}

function render(part: Part): string {
  if (part === null || part === false) return ""
  if (Array.isArray(part)) return part.map(render).join("")
  if (typeof part === "object") return part.markup
  return visible(String(part)).replaceAll(/[&<>"']/g, (character) => escapes[character] ?? "")
}

/** Controls would vanish, or turn the direction of what stands after them. */
function visible(text: string): string {
  return text.replaceAll(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd")
}
