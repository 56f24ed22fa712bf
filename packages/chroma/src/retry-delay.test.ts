import { describe, expect, it } from "vitest"
import { retryDelayInMs } from "./retry-delay.ts"

describe("retryDelayInMs", () => {
  it("draws from a range that doubles up to eight seconds", () => {
    for (const [attempt, limit] of [
      [1, 100],
      [2, 200],
      [5, 1600],
      [20, 8000],
    ] as const) {
      const delays = Array.from({ length: 200 }, () =>
        retryDelayInMs({ attempt, firstDelayInMs: 100, retryAfter: null }),
      )
      expect(Math.max(...delays)).toBeLessThanOrEqual(limit)
      expect(Math.max(...delays)).toBeGreaterThan(limit / 2)
      expect(Math.min(...delays)).toBeLessThan(limit / 2)
    }
  })

  it("waits as long as the server asks, up to two minutes", () => {
    const delay = (retryAfter: string) =>
      retryDelayInMs({ attempt: 1, firstDelayInMs: 1, retryAfter })
    expect(delay("3")).toBe(3_000)
    expect(delay("0")).toBe(0)
    expect(delay("86400")).toBe(120_000)
    expect(delay(new Date(Date.now() + 10_000).toUTCString())).toBeGreaterThan(8_000)
    expect(delay(new Date(0).toUTCString())).toBe(0)
    expect(delay("soon")).toBeLessThanOrEqual(1)
  })
})
