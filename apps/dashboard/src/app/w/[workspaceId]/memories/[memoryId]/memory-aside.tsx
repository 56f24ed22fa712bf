import { Card } from "../../../../../components/card.tsx"
import { CopyButton } from "../../../../../components/copy-button.tsx"
import { Fact, FactList } from "../../../../../components/fact-list.tsx"
import { JsonView } from "../../../../../components/json-view.tsx"
import { OptionalTime } from "../../../../../components/optional-time.tsx"
import type { Memory } from "../../../../../data/memory.ts"
import type { MemoryRecalls } from "../../../../../data/memory-recalls.ts"
import { countOf, formatCount } from "../../../../../formats/format-count.ts"

/** How a memory is used, and where it comes from. */
export function MemoryAside({ memory, recalls }: { memory: Memory; recalls: MemoryRecalls }) {
  return (
    <aside aria-label="About this memory" className="flex flex-col gap-4">
      <Card className="px-4 py-3">
        <h2 className="font-medium text-base">{describeRecalls(recalls)}</h2>
        <FactList>
          <Fact name="Recalled">{formatCount(recalls.recalls)}</Fact>
          <Fact name="Helped">
            {recalls.helpful + recalls.unhelpful === 0 ? "–" : formatCount(recalls.helpful)}
          </Fact>
          <Fact name="Did not help">
            {recalls.helpful + recalls.unhelpful === 0 ? "–" : formatCount(recalls.unhelpful)}
          </Fact>
          <Fact name="Last recalled">
            <OptionalTime time={recalls.lastRecalledAt} missing="No search has found it yet" />
          </Fact>
        </FactList>
      </Card>
      <Card className="px-4 py-3">
        <h2 className="font-medium text-base">Record</h2>
        <FactList>
          <Fact name="Created">
            <OptionalTime time={memory.createdAt} />
          </Fact>
          <Fact name="Changed">
            <OptionalTime time={memory.updatedAt} />
          </Fact>
          <Fact name="Vector">
            {memory.hasVector ? memory.embeddingModel : "None"}
            {memory.isEmbeddingStale && (
              <span className="block text-partial">of an earlier text</span>
            )}
          </Fact>
          {memory.sourceId !== null && <Fact name="Source id">{memory.sourceId}</Fact>}
          <Fact name="Id">
            <span className="flex items-center justify-end gap-1 font-mono text-xs">
              <span className="truncate">{memory.id.slice(0, 8)}…</span>
              <CopyButton text={memory.id} label="Copy the id" />
            </span>
          </Fact>
        </FactList>
      </Card>
      {Object.keys(memory.extras).length > 0 && (
        <Card className="px-4 py-3">
          <h2 className="mb-2 font-medium text-base">Also in the source</h2>
          <JsonView value={memory.extras} label="Also in the source" />
        </Card>
      )}
      {memory.notes.length > 0 && (
        <Card className="px-4 py-3">
          <h2 className="mb-2 font-medium text-base">Noted when it was migrated</h2>
          <JsonView value={memory.notes} label="Noted when it was migrated" />
        </Card>
      )}
    </aside>
  )
}

function describeRecalls({ recalls, helpful, unhelpful }: MemoryRecalls): string {
  if (recalls === 0) return "Never recalled yet"
  const times = countOf(recalls, { one: "time", many: "times" })
  if (helpful + unhelpful === 0) return `Recalled ${times}`
  return `Recalled ${times}, helped ${helpful} of ${helpful + unhelpful}`
}
