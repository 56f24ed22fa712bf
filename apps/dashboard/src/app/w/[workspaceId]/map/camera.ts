/** Which part of the map is seen: the place in the middle, and how much larger than the whole. */
export type Camera = { x: number; y: number; zoom: number }

export type Size = { width: number; height: number }
export type Point = { x: number; y: number }

export const wholeMap: Camera = { x: 0, y: 0, zoom: 1 }

const margin = 0.94
const mostZoom = 200

/** Pixels that one unit of the map takes. */
export function scaleOf({ camera, size }: { camera: Camera; size: Size }): number {
  return (Math.min(size.width, size.height) / 2) * margin * camera.zoom
}

export function toScreen({
  camera,
  size,
  point,
}: {
  camera: Camera
  size: Size
  point: Point
}): Point {
  const scale = scaleOf({ camera, size })
  return {
    x: size.width / 2 + (point.x - camera.x) * scale,
    y: size.height / 2 - (point.y - camera.y) * scale,
  }
}

export function toMap({
  camera,
  size,
  point,
}: {
  camera: Camera
  size: Size
  point: Point
}): Point {
  const scale = scaleOf({ camera, size })
  return {
    x: camera.x + (point.x - size.width / 2) / scale,
    y: camera.y - (point.y - size.height / 2) / scale,
  }
}

/** What is under `point` of the screen stays there. */
export function zoomAt({
  camera,
  size,
  point,
  factor,
}: {
  camera: Camera
  size: Size
  point: Point
  factor: number
}): Camera {
  const zoom = Math.min(mostZoom, Math.max(0.5, camera.zoom * factor))
  const before = toMap({ camera, size, point })
  const after = toMap({ camera: { ...camera, zoom }, size, point })
  return keepNear({ x: camera.x + before.x - after.x, y: camera.y + before.y - after.y, zoom })
}

/** Moved by pixels of the screen. */
export function moveBy({ camera, size, by }: { camera: Camera; size: Size; by: Point }): Camera {
  const scale = scaleOf({ camera, size })
  return keepNear({ ...camera, x: camera.x - by.x / scale, y: camera.y + by.y / scale })
}

function keepNear({ x, y, zoom }: Camera): Camera {
  const within = (value: number) => Math.min(1.2, Math.max(-1.2, value))
  return { x: within(x), y: within(y), zoom }
}
