import { Hand, Lasso, ListChecks, Maximize, ZoomIn, ZoomOut } from "lucide-react"
import type { ReactNode } from "react"
import { Button } from "../../../../components/button.tsx"
import { Select } from "../../../../components/select.tsx"
import { type Colouring, colouringLabels, colourings } from "./group-points.ts"
import type { Tool } from "./use-map-gestures.ts"

const options = colourings.map((value) => ({
  value,
  label: `By ${colouringLabels[value].toLowerCase()}`,
}))

/** Everything one can do on the map, each with a single press. */
export function MapTools({
  by,
  tool,
  onBy,
  onTool,
  onZoom,
  onWhole,
  onChooseView,
}: {
  by: Colouring
  tool: Tool
  onBy: (by: Colouring) => void
  onTool: (tool: Tool) => void
  onZoom: (factor: number) => void
  onWhole: () => void
  onChooseView: () => void
}) {
  return (
    <div role="toolbar" aria-label="Map" className="flex flex-wrap items-center gap-2 pb-2">
      <Select label="Colour" value={by} onChange={onBy} options={options} />
      <div className="flex rounded-md border border-line bg-surface">
        <ToolButton label="Move" isChosen={tool === "move"} onPress={() => onTool("move")}>
          <Hand aria-hidden />
        </ToolButton>
        <ToolButton label="Lasso" isChosen={tool === "lasso"} onPress={() => onTool("lasso")}>
          <Lasso aria-hidden />
        </ToolButton>
      </div>
      <div className="flex">
        <Button
          tone="quiet"
          size="icon"
          aria-label="Zoom in"
          title="Zoom in"
          onClick={() => onZoom(1.5)}
        >
          <ZoomIn aria-hidden />
        </Button>
        <Button
          tone="quiet"
          size="icon"
          aria-label="Zoom out"
          title="Zoom out"
          onClick={() => onZoom(1 / 1.5)}
        >
          <ZoomOut aria-hidden />
        </Button>
        <Button tone="quiet" size="icon" aria-label="Show all" title="Show all" onClick={onWhole}>
          <Maximize aria-hidden />
        </Button>
      </div>
      <Button tone="quiet" onClick={onChooseView}>
        <ListChecks aria-hidden />
        List what is in view
      </Button>
    </div>
  )
}

function ToolButton({
  label,
  isChosen,
  onPress,
  children,
}: {
  label: string
  isChosen: boolean
  onPress: () => void
  children: ReactNode
}) {
  return (
    <Button
      tone="quiet"
      aria-pressed={isChosen}
      onClick={onPress}
      className={isChosen ? "bg-accent-soft text-accent-ink" : ""}
    >
      {children}
      {label}
    </Button>
  )
}
