import { expect, test } from "vitest"
import { findCitedPaths } from "./find-cited-paths.ts"

const topLevelNames = ["docs", "packages", ".ci"]
const pathsIn = (text: string) =>
  findCitedPaths({ text, topLevelNames }).map(({ path, line, kind }) => `${line} ${kind} ${path}`)

test("finds links and paths in code", () => {
  expect(pathsIn("See [it](../a.md#part).\nRun `.ci/run`, read `packages/core/src`.")).toEqual([
    "1 link ../a.md",
    "2 code .ci/run",
    "2 code packages/core/src",
  ])
})

test("leaves addresses, anchors, patterns, other words and fenced blocks alone", () => {
  const text = [
    "[site](https://example.org/a) [here](#part) `packages/*/src` `and/or` `docs`",
    "```",
    "`docs/none.md`",
    "```",
    "`docs/one.md`",
  ].join("\n")
  expect(pathsIn(text)).toEqual(["5 code docs/one.md"])
})
