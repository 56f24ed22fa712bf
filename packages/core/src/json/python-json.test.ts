import { expect, test } from "vitest"
import { pythonJson } from "./python-json.ts"

test("writes what Python 3 writes", () => {
  const value = {
    a: [1n, 1, -0, 0.1, 1e16, 1.5e-7, 0.0001, 1e22, 123456789.25],
    ü: 'é\u2028\u007f\n"',
  }
  expect(pythonJson(value)).toBe(
    '{"a": [1, 1.0, -0.0, 0.1, 1e+16, 1.5e-07, 0.0001, 1e+22, 123456789.25], ' +
      '"\\u00fc": "\\u00e9\\u2028\u007f\\n\\""}',
  )
  expect(pythonJson([])).toBe("[]")
  expect(pythonJson({ b: {}, c: null, d: true, e: "🚦", f: Number.NaN })).toBe(
    '{"b": {}, "c": null, "d": true, "e": "\\ud83d\\udea6", "f": NaN}',
  )
})
