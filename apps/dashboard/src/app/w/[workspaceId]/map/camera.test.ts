import { expect, test } from "vitest"
import { moveBy, toMap, toScreen, wholeMap, zoomAt } from "./camera.ts"

const size = { width: 800, height: 600 }
const camera = { x: 0.2, y: -0.1, zoom: 3 }

test("a place of the screen and one of the map are each other's", () => {
  const point = { x: 123, y: 456 }
  const there = toScreen({ camera, size, point: toMap({ camera, size, point }) })
  expect(there.x).toBeCloseTo(123)
  expect(there.y).toBeCloseTo(456)
  expect(toScreen({ camera: wholeMap, size, point: { x: 0, y: 0 } })).toEqual({ x: 400, y: 300 })
})

test("zooming keeps what is under the pointer, moving takes it along", () => {
  const point = { x: 300, y: 200 }
  const under = toMap({ camera, size, point })
  const closer = toScreen({
    camera: zoomAt({ camera, size, point, factor: 1.7 }),
    size,
    point: under,
  })
  expect(closer.x).toBeCloseTo(300)
  expect(closer.y).toBeCloseTo(200)
  const moved = moveBy({ camera, size, by: { x: 40, y: -25 } })
  const after = toScreen({ camera: moved, size, point: under })
  expect(after.x).toBeCloseTo(340)
  expect(after.y).toBeCloseTo(175)
})
