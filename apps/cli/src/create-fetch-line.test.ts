import { expect, test } from "vitest"
import { createFetchLine } from "./create-fetch-line.ts"

test("a download of known size has a bar, a rate and the time left", () => {
  let now = 0
  const line = createFetchLine(() => now)
  const download = { from: "hub", file: "model.onnx", totalBytes: 90e6 } as const
  expect(line({ ...download, receivedBytes: 0 })).toBe("Fetching model.onnx from the hub …")
  now = 1_000
  expect(line({ ...download, receivedBytes: 5e6 })).toBe(
    "Fetching  █░░░░░░░░░░░░░░░░░░░░░░░ 5 %  5.0 MB",
  )
  now = 3_000
  expect(line({ ...download, receivedBytes: 45e6 })).toBe(
    "Fetching  ████████████░░░░░░░░░░░░ 50 %  45.0 MB  20.0 MB/s  2.3 s left",
  )
  expect(line({ ...download, receivedBytes: 90e6 })).toMatch(/100 % {2}90.0 MB {2}42.5 MB\/s$/)
})

test("one of unknown size has the rate, and each origin its own clock", () => {
  let now = 0
  const line = createFetchLine(() => now)
  line({ from: "hub", file: "model.onnx", totalBytes: null, receivedBytes: 5 })
  now = 1_000
  const artifact = { from: "maven", file: "artifact", totalBytes: null } as const
  expect(line({ ...artifact, receivedBytes: 1e6 })).toBe("Fetching the model with Maven  1.0 MB")
  now = 2_000
  expect(line({ ...artifact, receivedBytes: 8e6 })).toBe(
    "Fetching the model with Maven  8.0 MB  7.0 MB/s",
  )
})
