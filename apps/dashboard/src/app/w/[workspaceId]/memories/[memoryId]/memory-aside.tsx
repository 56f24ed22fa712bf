import { Card } from "../../../../../components/card.tsx"
import { Fact, FactList } from "../../../../../components/fact-list.tsx"
import { OptionalTime } from "../../../../../components/optional-time.tsx"
import { ShownId } from "../../../../../components/shown-id.tsx"
import type { Memory } from "../../../../../data/memory.ts"
import type { MemoryRecalls } from "../../../../../data/memory-recalls.ts"
import { countOf, formatCount } from "../../../../../formats/format-count.ts"
import { SourceRemains } from "../../source-remains.tsx"

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
            <ShownId id={memory.id} />
          </Fact>
        </FactList>
      </Card>
      <SourceRemains extras={memory.extras} notes={memory.notes} />
    </aside>
  )
}

function describeRecalls({ recalls, helpful, unhelpful }: MemoryRecalls): string {
  if (recalls === 0) return "Never recalled yet"
  const times = countOf(recalls, { one: "time", many: "times" })
  if (helpful + unhelpful === 0) return `Recalled ${times}`
  return `Recalled ${times}, helped ${helpful} of ${helpful + unhelpful}`
}
