import { type ReactNode, useCallback, useMemo, useState } from "react"
import type { MapPoints } from "../../../../data/memory-map.ts"
import { type Camera, type Point, type Size, toMap, wholeMap, zoomAt } from "./camera.ts"
import { pointsInside } from "./choose-points.ts"
import { ChosenMemories } from "./chosen-memories.tsx"
import { type Colouring, groupPoints } from "./group-points.ts"
import { MapCanvas } from "./map-canvas.tsx"
import { MapLegend } from "./map-legend.tsx"
import { MapTools } from "./map-tools.tsx"
import type { Tool } from "./use-map-gestures.ts"

type Choice = { indexes: readonly number[]; title: string }

/** The map, its legend, and the list of what was chosen on it. */
export function MapView({
  workspaceId,
  points,
  by,
  view,
  isUnable,
  notice,
  onBy,
  onView,
  onUnable,
}: {
  workspaceId: string
  points: MapPoints
  by: Colouring
  view: Camera | null
  /** Whether this browser can not draw it: then the groups and their lists are all there is. */
  isUnable: boolean
  notice: ReactNode
  onBy: (by: Colouring) => void
  onView: (view: Camera | null) => void
  onUnable: () => void
}) {
  const [camera, setCamera] = useState(view ?? wholeMap)
  const [size, setSize] = useState<Size>({ width: 1, height: 1 })
  const [tool, setTool] = useState<Tool>("move")
  const [choice, setChoice] = useState<Choice | null>(null)
  const grouped = useMemo(() => groupPoints({ points, by }), [points, by])
  const move = useCallback(
    (next: Camera) => {
      setCamera(next)
      onView(next === wholeMap ? null : next)
    },
    [onView],
  )
  const clear = () => setChoice(null)
  const chooseInside = ({ polygon, title }: { polygon: readonly Point[]; title: string }) =>
    setChoice({ indexes: pointsInside({ places: points, polygon }), title })
  const chooseView = () => chooseInside({ polygon: cornersOf({ camera, size }), title: "in view" })
  const chooseGroup = (group: number) =>
    setChoice({
      indexes: points.ids.flatMap((_, index) => (grouped.of[index] === group ? [index] : [])),
      title: `· ${grouped.groups[group]?.label ?? ""}`,
    })
  const ids = useMemo(
    () => choice?.indexes.map((index) => points.ids[index] ?? "") ?? null,
    [choice, points],
  )
  const chosen = useMemo(() => choice?.indexes ?? null, [choice])
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="min-w-0">
        {isUnable ? (
          <Unable />
        ) : (
          <>
            <MapTools
              by={by}
              tool={tool}
              onBy={onBy}
              onTool={setTool}
              onZoom={(factor) => move(zoomAt({ camera, size, point: middleOf(size), factor }))}
              onWhole={() => move(wholeMap)}
              onChooseView={chooseView}
            />
            <MapCanvas
              workspaceId={workspaceId}
              points={points}
              grouped={grouped}
              chosen={chosen}
              camera={camera}
              size={size}
              tool={tool}
              onCamera={move}
              onSize={setSize}
              onLasso={(polygon) => chooseInside({ polygon, title: "in the lasso" })}
              onPress={(indexes) =>
                indexes.length === 0 ? clear() : setChoice({ indexes, title: "where you pressed" })
              }
              onChooseView={chooseView}
              onClear={clear}
              onUnable={onUnable}
            />
          </>
        )}
        <MapLegend groups={grouped.groups} onChoose={chooseGroup} />
        <div className="pt-2">{notice}</div>
      </div>
      <div className="xl:sticky xl:top-16 xl:pt-10">
        <ChosenMemories
          workspaceId={workspaceId}
          ids={ids}
          title={choice?.title ?? ""}
          onClear={clear}
        />
      </div>
    </div>
  )
}

function Unable() {
  return (
    <p role="alert" className="rounded-lg border border-line bg-surface px-4 py-3 text-sm">
      <span className="font-medium">This browser can not draw the map.</span>{" "}
      <span className="text-ink-muted">
        It takes WebGL 2, which is switched off or not there. The groups below list the same
        memories.
      </span>
    </p>
  )
}

function middleOf({ width, height }: Size): Point {
  return { x: width / 2, y: height / 2 }
}

function cornersOf({ camera, size }: { camera: Camera; size: Size }): Point[] {
  const { width, height } = size
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ]
  return corners.map((point) => toMap({ camera, size, point }))
}
