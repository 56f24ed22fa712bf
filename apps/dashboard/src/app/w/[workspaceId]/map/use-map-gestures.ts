import { type PointerEvent, useEffect, useRef, useState } from "react"
import { type Camera, moveBy, type Point, type Size, toMap, zoomAt } from "./camera.ts"

export type Tool = "move" | "lasso"

const clickReachInPixels = 5

/**
 * Turns what pointers and the wheel do on the map into a moved camera, a line drawn around points, or a press on one. Two
 * fingers zoom.
 */
export function useMapGestures({
  canvas,
  camera,
  size,
  tool,
  onCamera,
  onLasso,
  onPress,
}: {
  canvas: HTMLCanvasElement | null
  camera: Camera
  size: Size
  tool: Tool
  onCamera: (camera: Camera) => void
  /** In places of the map. */
  onLasso: (polygon: Point[]) => void
  onPress: (point: Point) => void
}) {
  const pointers = useRef(new Map<number, Point>())
  const start = useRef<Point>({ x: 0, y: 0 })
  const [line, setLine] = useState<Point[] | null>(null)
  const latest = useRef({ camera, size, onCamera })
  useEffect(() => {
    latest.current = { camera, size, onCamera }
  }, [camera, size, onCamera])
  useEffect(() => {
    // React's own listener is passive and could not keep the page from scrolling.
    const zoom = (event: WheelEvent) => {
      event.preventDefault()
      const { camera: from, size: of, onCamera: tell } = latest.current
      const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002))
      tell(
        zoomAt({ camera: from, size: of, point: { x: event.offsetX, y: event.offsetY }, factor }),
      )
    }
    canvas?.addEventListener("wheel", zoom, { passive: false })
    return () => canvas?.removeEventListener("wheel", zoom)
  }, [canvas])

  const at = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent): Point => ({
    x: offsetX,
    y: offsetY,
  })
  return {
    line,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const point = at(event)
        pointers.current.set(event.pointerId, point)
        start.current = point
        setLine(tool === "lasso" && pointers.current.size === 1 ? [point] : null)
      },
      onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
        const before = pointers.current.get(event.pointerId)
        if (before === undefined) return
        const point = at(event)
        pointers.current.set(event.pointerId, point)
        const [one, other] = [...pointers.current.values()]
        if (one !== undefined && other !== undefined) {
          const still = one === point ? other : one
          const factor = distance(point, still) / Math.max(1, distance(before, still))
          const middle = { x: (point.x + still.x) / 2, y: (point.y + still.y) / 2 }
          onCamera(zoomAt({ camera, size, point: middle, factor }))
        } else if (line !== null) setLine([...line, point])
        else
          onCamera(moveBy({ camera, size, by: { x: point.x - before.x, y: point.y - before.y } }))
      },
      onPointerUp: (event: PointerEvent<HTMLCanvasElement>) => {
        if (!pointers.current.delete(event.pointerId)) return
        const point = at(event)
        setLine(null)
        if (distance(point, start.current) < clickReachInPixels && (line?.length ?? 0) < 8)
          onPress(point)
        else if (line !== null)
          onLasso(line.map((corner) => toMap({ camera, size, point: corner })))
      },
      onPointerCancel: (event: PointerEvent<HTMLCanvasElement>) => {
        pointers.current.delete(event.pointerId)
        setLine(null)
      },
    },
  }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}
