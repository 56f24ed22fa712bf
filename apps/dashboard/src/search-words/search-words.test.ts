import { expect, test } from "vitest"
import { excerptAround } from "./excerpt-around.ts"
import { readWords } from "./read-words.ts"
import { splitAtWords } from "./split-at-words.ts"

test("words are lower case, once, without operators and exclusions", () => {
  expect(readWords('Retry or "Idempotency KEY" -cache retry')).toEqual([
    "retry",
    "idempotency",
    "key",
  ])
})

test("matches are whole words, endings aside, and nothing of the text is lost", () => {
  const text = "Retrying is not a retry; tries are."
  const parts = splitAtWords({ text, words: ["retries", "retry"] })
  expect(parts.filter(({ isMatch }) => isMatch).map((part) => part.text)).toEqual([
    "Retrying",
    "retry",
  ])
  expect(parts.map((part) => part.text).join("")).toBe(text)
})

test("markup in a text stays text", () => {
  const parts = splitAtWords({ text: "<b>charge</b>", words: ["charge"] })
  expect(parts.map((part) => part.text).join("")).toBe("<b>charge</b>")
})

test("an excerpt lies around the first match and is cut at spaces", () => {
  const text = `${"lorem ipsum ".repeat(40)}needle ${"dolor sit ".repeat(40)}`
  const excerpt = excerptAround({ text, words: ["needle"], length: 120 })
  expect(excerpt).toContain("needle")
  expect(excerpt.startsWith("… ")).toBe(true)
  expect(excerpt.length).toBeLessThan(130)
})

test("a short text is its own excerpt", () => {
  expect(excerptAround({ text: "a  b\nc", words: [], length: 20 })).toBe("a b c")
})
