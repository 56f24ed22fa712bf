import { expect, test } from "vitest"
import { parseMarkdownItems } from "./parse-markdown-items.ts"

const item = { title: "Sort first", description: "Lists lie.", content: "Sort, then read." }

test.each([
  [
    "values behind the headings",
    "# Memory Item 1\n## Title Sort first\n## Description Lists lie.\n## Content Sort, then read.",
  ],
  [
    "values below them",
    "# Memory Item 1\n## Title\nSort first\n\n## Description\nLists lie.\n\n## Content\n\nSort, then read.\n",
  ],
  [
    "in a fence",
    "```\n# Memory Item 1\n## Title Sort first\n## Description Lists lie.\n## Content Sort, then read.\n```",
  ],
  [
    "in a fence with a name",
    "```markdown\n# Memory Item\n## Title: Sort first\n## Description: Lists lie.\n## Content: Sort, then read.\n```\n",
  ],
  [
    "in bold",
    "**Memory Item 1**\n**Title:** Sort first\n**Description:** Lists lie.\n**Content:** Sort, then read.",
  ],
  [
    "without an item's heading",
    "## Title Sort first\n## Description Lists lie.\n## Content Sort, then read.",
  ],
])("%s", (_, text) => {
  expect(parseMarkdownItems(text)).toEqual({ memoryItems: [item], rest: "" })
})

test("each in a fence of its own, with code inside and words before", () => {
  const one = "```\n# Memory Item 1\n## Title Sort first\n## Content Use:\n```js\nsort()\n```\n```"
  const two = "```\n# Memory Item 2\n## Title Read last\n## Content Read.\n```"
  expect(parseMarkdownItems(`I learned this.\n\n${one}\n\n${two}`)).toEqual({
    memoryItems: [
      { title: "Sort first", content: "Use:\n```js\nsort()\n```" },
      { title: "Read last", content: "Read." },
    ],
    rest: "I learned this.",
  })
})

test("a text without headings is no list of items", () => {
  expect(parseMarkdownItems("Content matters, titles too.")).toBeNull()
})
