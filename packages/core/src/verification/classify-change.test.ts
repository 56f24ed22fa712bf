import { expect, test } from "vitest"
import { type ChangedRow, classifyChange } from "./classify-change.ts"

const edit: ChangedRow = {
  kind: "memory_item",
  fields: ["title", "errorContext"],
  wasWrittenSince: true,
  isAsMigrated: false,
  sourceIsAsMigrated: true,
}

test.each<[string, Partial<ChangedRow>, ReturnType<typeof classifyChange>]>([
  ["what a user may write, written since", {}, "edited"],
  ["of a trace", { kind: "trace", fields: ["outcome", "metadata"] }, "edited"],
  ["what leaves no time", { wasWrittenSince: false }, "different"],
  ["a vector", { fields: ["embedding"] }, "different"],
  ["a time beside an edit", { fields: ["title", "createdAt"] }, "different"],
  ["links", { fields: ["links"] }, "different"],
  ["the task of a trace", { kind: "trace", fields: ["task"] }, "different"],
  ["the source too", { sourceIsAsMigrated: false }, "conflict"],
  [
    "the source too, and the target leaves no time",
    { sourceIsAsMigrated: false, wasWrittenSince: false },
    "different",
  ],
  ["the source only", { sourceIsAsMigrated: false, isAsMigrated: true }, "source_changed"],
  ["nothing, by its digest", { isAsMigrated: true }, "different"],
  ["a row of another maker", { sourceIsAsMigrated: null }, "conflict"],
])("%s", (_, fields, expected) => {
  expect(classifyChange({ ...edit, ...fields })).toBe(expected)
})
