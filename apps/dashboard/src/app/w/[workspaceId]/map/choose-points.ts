import type { Point } from "./camera.ts"

export type Places = { x: ArrayLike<number>; y: ArrayLike<number> }

/** Which points lie inside of a line drawn around them, by their position in the lists. */
export function pointsInside({
  places,
  polygon,
}: {
  places: Places
  polygon: readonly Point[]
}): number[] {
  if (polygon.length < 3) return []
  const found: number[] = []
  for (let index = 0; index < places.x.length; index++) {
    const [x = 0, y = 0] = [places.x[index], places.y[index]]
    if (isInside({ x, y, polygon })) found.push(index)
  }
  return found
}

/** By how often a ray to the right crosses the line. */
function isInside({ x, y, polygon }: Point & { polygon: readonly Point[] }): boolean {
  let inside = false
  let before = polygon[polygon.length - 1]
  for (const corner of polygon) {
    if (before === undefined) break
    const crosses =
      corner.y > y !== before.y > y &&
      x < ((before.x - corner.x) * (y - corner.y)) / (before.y - corner.y) + corner.x
    if (crosses) inside = !inside
    before = corner
  }
  return inside
}

/** Points within a distance, the nearest first. */
export function pointsNear({
  places,
  point,
  reach,
}: {
  places: Places
  point: Point
  reach: number
}): number[] {
  const found: { index: number; distance: number }[] = []
  for (let index = 0; index < places.x.length; index++) {
    const distance = Math.hypot((places.x[index] ?? 0) - point.x, (places.y[index] ?? 0) - point.y)
    if (distance <= reach) found.push({ index, distance })
  }
  return found.sort((one, other) => one.distance - other.distance).map(({ index }) => index)
}
