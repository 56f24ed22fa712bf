import { expect, it } from "vitest"
import { roundLikeChroma } from "./round-like-chroma.ts"

const summations = ["lanes", "sequential"] as const

it.each(summations)("moves a vector by two units in the last place at most (%s)", (summation) => {
  const vector = Float32Array.from({ length: 384 }, (_, index) => Math.sin(index + 1))
  const rounded = roundLikeChroma({ vector, summation })
  expect(rounded).not.toEqual(vector)
  for (const [index, value] of vector.entries()) {
    expect(Math.abs((rounded[index] ?? 0) - value)).toBeLessThanOrEqual(Math.abs(value) * 2.4e-7)
  }
})

it("differs between releases in the last bit", () => {
  const vector = Float32Array.from({ length: 384 }, (_, index) => Math.sin(index + 1))
  const [lanes, sequential] = summations.map((summation) => roundLikeChroma({ vector, summation }))
  expect(lanes).not.toEqual(sequential)
})

it("keeps zeros, and loses what overflows as Chroma does", () => {
  for (const summation of summations) {
    expect(roundLikeChroma({ vector: new Float32Array(5), summation })).toEqual(new Float32Array(5))
    const [lost] = roundLikeChroma({ vector: Float32Array.of(3e38, 1), summation })
    expect(lost).toBeNaN()
  }
})
