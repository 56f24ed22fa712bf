import { expect, test } from "vitest"
import { readMavenProgress } from "./fetch-from-maven.ts"

test("the progress of the artifact is read from Maven's output", () => {
  const output = "Progress (1): 69/83 MB\rProgress (1): 71/83 MB\r"
  expect(readMavenProgress(output)).toEqual({ receivedBytes: 71e6, totalBytes: 83e6 })
})

test("descriptors, plugins and other words are no progress", () => {
  for (const output of [
    "",
    "Progress (1): 4.1/41 kB\r",
    "Progress (1): 83 MB\r",
    "[INFO] a/b MB",
  ]) {
    expect(readMavenProgress(output)).toBeNull()
  }
})
