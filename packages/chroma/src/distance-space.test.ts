import { expect, it } from "vitest"
import { findDistanceSpace } from "./distance-space.ts"

const schema = (space: unknown) =>
  JSON.stringify({
    keys: { "#embedding": { float_list: { vector_index: { config: { space } } } } },
  })
const rustConfiguration = (space: string) => JSON.stringify({ vector_index: { hnsw: { space } } })
const pythonConfiguration = JSON.stringify({ hnsw_configuration: { space: "l2" }, _type: "x" })

it.each([
  ["1.3 and later", schema("cosine"), "{}", undefined, "cosine"],
  ["1.0", null, rustConfiguration("ip"), undefined, "ip"],
  [
    "1.0 with an index for many machines",
    null,
    '{"vector_index":{"spann":{"space":"cosine"}}}',
    undefined,
    "cosine",
  ],
  ["0.6, whose configuration always says l2", null, pythonConfiguration, "cosine", "cosine"],
  ["1.x upgraded from 0.6", null, rustConfiguration("l2"), "cosine", "cosine"],
  ["0.4", null, null, "ip", "ip"],
  ["no word of it anywhere", null, null, undefined, "l2"],
  ["an empty configuration", null, "{}", undefined, "l2"],
  ["a damaged value", null, null, "cosinf", null],
  ["a damaged schema", schema("cosinf"), "{}", undefined, null],
  ["a damaged schema, but a segment that says it", schema("cosinf"), "{}", "ip", "ip"],
  ["a configuration that is no JSON", null, "{", undefined, null],
  ["a damaged key", null, '{"vectoq_index":{"hnsw":{"space":"cosine"}}}', undefined, null],
])("finds the space of %s", (_, schemaText, configuration, segmentSpace, expected) => {
  expect(findDistanceSpace({ schema: schemaText, configuration, segmentSpace })).toBe(expected)
})
