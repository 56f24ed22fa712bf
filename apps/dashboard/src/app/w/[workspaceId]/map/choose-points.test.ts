import { expect, test } from "vitest"
import { pointsInside, pointsNear } from "./choose-points.ts"

const places = { x: [0, 0.5, -0.5, 0.9], y: [0, 0.5, -0.5, -0.9] }

test("a line around points holds those inside of it, whichever way it is drawn", () => {
  const polygon = [
    { x: -0.6, y: -0.6 },
    { x: 0.2, y: -0.6 },
    { x: 0.2, y: 0.2 },
    { x: -0.6, y: 0.2 },
  ]
  expect(pointsInside({ places, polygon })).toEqual([0, 2])
  expect(pointsInside({ places, polygon: polygon.toReversed() })).toEqual([0, 2])
})

test("a line that bends inwards leaves out what lies in the bend", () => {
  const polygon = [
    { x: -1, y: -1 },
    { x: 0, y: 0.1 },
    { x: 1, y: -1 },
    { x: 1, y: 1 },
    { x: -1, y: 1 },
  ]
  expect(pointsInside({ places, polygon })).toEqual([1])
  expect(pointsInside({ places, polygon: polygon.slice(0, 2) })).toEqual([])
})

test("near points come the nearest first", () => {
  expect(pointsNear({ places, point: { x: 0.3, y: 0.3 }, reach: 0.5 })).toEqual([1, 0])
  expect(pointsNear({ places, point: { x: -0.9, y: 0.9 }, reach: 0.1 })).toEqual([])
})
