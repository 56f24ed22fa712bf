import { createParser, parseAsStringLiteral } from "nuqs/server"
import type { Camera } from "./camera.ts"
import { colourings } from "./group-points.ts"

const parseAsCamera = createParser<Camera>({
  parse: (text) => {
    const [x, y, zoom] = text.split(",").map(Number)
    const isView = [x, y, zoom].every((value) => Number.isFinite(value))
    return isView ? { x: x ?? 0, y: y ?? 0, zoom: Math.min(200, Math.max(0.5, zoom ?? 1)) } : null
  },
  serialize: ({ x, y, zoom }) => `${x.toFixed(4)},${y.toFixed(4)},${zoom.toFixed(2)}`,
  eq: (one, other) => one.x === other.x && one.y === other.y && one.zoom === other.zoom,
})

/** `by` is what colours the points, `view` the middle of what is seen and how much larger it is than the whole. */
export const mapParams = {
  by: parseAsStringLiteral(colourings).withDefault("domain"),
  view: parseAsCamera,
}
