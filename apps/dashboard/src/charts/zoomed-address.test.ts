import { expect, test } from "vitest"
import { zoomedAddress } from "./zoomed-address.ts"

test("days come into the address, all else stays", () => {
  expect(
    zoomedAddress({
      address: "https://example.com/w/a%2Fb/overview?period=1y&from=2026-01-01&to=2026-02-01",
      from: "2026-01-08",
      to: "2026-01-14",
    }),
  ).toBe("/w/a%2Fb/overview?period=1y&from=2026-01-08&to=2026-01-14")
})
