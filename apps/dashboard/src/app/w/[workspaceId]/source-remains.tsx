import { Card } from "../../../components/card.tsx"
import { JsonView } from "../../../components/json-view.tsx"
import type { JsonObject } from "../../../data/json-object.ts"

/** What the source held beside the known fields, and what was noted when it was migrated; nothing for what has neither. */
export function SourceRemains({
  extras,
  notes,
}: {
  extras: JsonObject
  notes: readonly unknown[]
}) {
  return (
    <>
      {Object.keys(extras).length > 0 && (
        <Card className="px-4 py-3">
          <h2 className="mb-2 font-medium text-base">Also in the source</h2>
          <JsonView value={extras} label="Also in the source" />
        </Card>
      )}
      {notes.length > 0 && (
        <Card className="px-4 py-3">
          <h2 className="mb-2 font-medium text-base">Noted when it was migrated</h2>
          <JsonView value={notes} label="Noted when it was migrated" />
        </Card>
      )}
    </>
  )
}
