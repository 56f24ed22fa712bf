const atTop = /["[\]{},:]/g
const nested = /["[\]{}]/g

/**
 * Cuts the text of a JSON object into the raw texts of its members, so that each can be parsed in the
 * way that suits it: exactly, or fast. Null when the text is no whole object.
 */
export function splitJsonMembers(text: string): Map<string, string> | null {
  const members = new Map<string, string>()
  let depth = 0
  let key = ""
  let valueStart = 0
  for (let position = 0; ; ) {
    const structure = depth > 1 ? nested : atTop
    structure.lastIndex = position
    if (!structure.test(text)) return null
    position = structure.lastIndex
    const at = position - 1
    const character = text[at]
    if (character === '"') {
      const end = endOfString({ text, start: at })
      if (end === null) return null
      position = end
    } else if (character === "{" || character === "[") {
      depth++
      if (depth === 1) valueStart = at + 1
    } else if (depth === 1 && character === ":") {
      key = text.slice(valueStart, at)
      valueStart = at + 1
    } else {
      const closes = character === "}" || character === "]"
      if (depth === 1 && (closes || character === ",")) {
        if (key !== "") members.set(JSON.parse(key), text.slice(valueStart, at))
        key = ""
        valueStart = at + 1
      }
      if (closes) depth--
      if (depth <= 0) return text.slice(position).trim() === "" ? members : null
    }
  }
}

/** Index after the closing quote. */
function endOfString({ text, start }: { text: string; start: number }): number | null {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === "\\") backslashes++
    if (backslashes % 2 === 0) return end + 1
  }
  return null
}
