import { useTheme } from "next-themes"
import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import { classNames } from "../../../../components/class-names.ts"
import type { MapPoints } from "../../../../data/memory-map.ts"
import {
  type Camera,
  moveBy,
  type Point,
  type Size,
  scaleOf,
  toMap,
  wholeMap,
  zoomAt,
} from "./camera.ts"
import { pointsNear } from "./choose-points.ts"
import type { GroupedPoints } from "./group-points.ts"
import { HoveredMemory } from "./hovered-memory.tsx"
import { mapHeight } from "./map-skeleton.tsx"
import { createPointRenderer, type PointRenderer } from "./point-renderer.ts"
import { readColour } from "./read-colour.ts"
import { type Tool, useMapGestures } from "./use-map-gestures.ts"

const hoverReachInPixels = 10
const stepInPixels = 60

/** The points, drawn; `onUnable` is called where the browser can not. */
export function MapCanvas({
  workspaceId,
  points,
  grouped,
  chosen,
  camera,
  size,
  tool,
  onCamera,
  onSize,
  onLasso,
  onPress,
  onChooseView,
  onClear,
  onUnable,
}: {
  workspaceId: string
  points: MapPoints
  grouped: GroupedPoints
  chosen: readonly number[] | null
  camera: Camera
  size: Size
  tool: Tool
  onCamera: (camera: Camera) => void
  onSize: (size: Size) => void
  onLasso: (polygon: Point[]) => void
  /** On or near these points, the nearest first. */
  onPress: (indexes: number[]) => void
  onChooseView: () => void
  onClear: () => void
  onUnable: () => void
}) {
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null)
  const renderer = useRef<PointRenderer | null>(null)
  const [hovered, setHovered] = useState<{ index: number; point: Point } | null>(null)
  const { resolvedTheme } = useTheme()
  const near = (point: Point) => {
    const reach = hoverReachInPixels / scaleOf({ camera, size })
    return pointsNear({ places: points, point: toMap({ camera, size, point }), reach })
  }
  const { line, handlers } = useMapGestures({
    ...{ canvas, camera, size, tool, onCamera, onLasso },
    onPress: (point) => onPress(near(point)),
  })

  useEffect(() => {
    if (canvas === null) return
    renderer.current = createPointRenderer(canvas)
    if (renderer.current === null) return onUnable()
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined)
        onSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(canvas)
    // A driver may take the context away at any time.
    const lose = (event: Event) => {
      event.preventDefault()
      if (renderer.current !== null) onUnable()
    }
    canvas.addEventListener("webglcontextlost", lose)
    return () => {
      canvas.removeEventListener("webglcontextlost", lose)
      observer.disconnect()
      renderer.current = null
    }
  }, [canvas, onSize, onUnable])
  useEffect(() => {
    const { current } = renderer
    if (canvas === null || current === null) return
    current.setPlaces(points)
    current.setGroups(
      grouped.of,
      grouped.groups.map(({ colour, shape }) => ({
        rgb: readColour({ element: canvas, token: colour }),
        shape,
      })),
    )
    current.setChosen(chosen === null ? null : flagsOf({ chosen, count: points.ids.length }))
    current.draw({ camera, size, pixelRatio: devicePixelRatio })
  }, [canvas, points, grouped, chosen, resolvedTheme])
  useEffect(() => {
    const frame = requestAnimationFrame(() =>
      renderer.current?.draw({ camera, size, pixelRatio: devicePixelRatio }),
    )
    return () => cancelAnimationFrame(frame)
  }, [camera, size])

  const middle = { x: size.width / 2, y: size.height / 2 }
  const keys: Record<string, () => void> = {
    ArrowLeft: () => onCamera(moveBy({ camera, size, by: { x: stepInPixels, y: 0 } })),
    ArrowRight: () => onCamera(moveBy({ camera, size, by: { x: -stepInPixels, y: 0 } })),
    ArrowUp: () => onCamera(moveBy({ camera, size, by: { x: 0, y: stepInPixels } })),
    ArrowDown: () => onCamera(moveBy({ camera, size, by: { x: 0, y: -stepInPixels } })),
    "+": () => onCamera(zoomAt({ camera, size, point: middle, factor: 1.4 })),
    "=": () => onCamera(zoomAt({ camera, size, point: middle, factor: 1.4 })),
    "-": () => onCamera(zoomAt({ camera, size, point: middle, factor: 1 / 1.4 })),
    "0": () => onCamera(wholeMap),
    Enter: onChooseView,
    Escape: onClear,
  }
  return (
    <div
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: as above.
      tabIndex={0}
      aria-label={`Map of ${points.ids.length} memories. Arrow keys move it, plus and minus zoom, 0 shows all, Enter lists what is in view, Escape clears the list.`}
      className={classNames(
        "relative overflow-hidden rounded-lg border border-line bg-surface",
        mapHeight,
      )}
      onKeyDown={(event: KeyboardEvent) => {
        const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
        if (act === undefined) return
        event.preventDefault()
        act()
      }}
    >
      <canvas
        ref={setCanvas}
        className={classNames(
          "absolute inset-0 size-full touch-none select-none",
          tool === "lasso" ? "cursor-crosshair" : "cursor-grab active:cursor-grabbing",
        )}
        {...handlers}
        onPointerMove={(event) => {
          handlers.onPointerMove(event)
          const { offsetX: x, offsetY: y } = event.nativeEvent
          const [index] = event.buttons === 0 ? near({ x, y }) : []
          setHovered(index === undefined ? null : { index, point: { x, y } })
        }}
        onPointerLeave={() => setHovered(null)}
      />
      {line !== null && (
        <svg aria-hidden className="pointer-events-none absolute inset-0 size-full">
          <polygon
            points={line.map(({ x, y }) => `${x},${y}`).join(" ")}
            className="fill-accent/15 stroke-accent"
            strokeWidth="1.5"
          />
        </svg>
      )}
      {hovered !== null && (
        <HoveredMemory
          key={hovered.index}
          workspaceId={workspaceId}
          id={points.ids[hovered.index] ?? ""}
          point={hovered.point}
          size={size}
        />
      )}
    </div>
  )
}

function flagsOf({ chosen, count }: { chosen: readonly number[]; count: number }): Uint8Array {
  const flags = new Uint8Array(count)
  for (const index of chosen) flags[index] = 1
  return flags
}
