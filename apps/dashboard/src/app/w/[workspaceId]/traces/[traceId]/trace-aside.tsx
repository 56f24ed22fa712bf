import Link from "next/link"
import { Card } from "../../../../../components/card.tsx"
import { Fact, FactList } from "../../../../../components/fact-list.tsx"
import { JsonView } from "../../../../../components/json-view.tsx"
import { linkStyle } from "../../../../../components/link-style.ts"
import { OptionalTime } from "../../../../../components/optional-time.tsx"
import { ShownId } from "../../../../../components/shown-id.tsx"
import type { Trace } from "../../../../../data/trace.ts"
import { formatCount } from "../../../../../formats/format-count.ts"
import { workspacePath } from "../../../../../frame/workspace-path.ts"
import { SourceRemains } from "../../source-remains.tsx"
import { readTraceFigures } from "../read-trace-figures.ts"

/** Figures, metadata and related traces. */
export function TraceAside({ trace, workspaceId }: { trace: Trace; workspaceId: string }) {
  const { iterations, score, tokens } = readTraceFigures(trace.metadata)
  const related = trace.links.filter(
    ({ relation, target_kind: kind }) => relation === "related" && kind === "trace",
  )
  const figures = [
    { name: "Iterations", value: iterations === null ? null : formatCount(iterations) },
    { name: "Score", value: score },
    { name: "Tokens", value: tokens === null ? null : formatCount(tokens) },
  ]
  return (
    <aside aria-label="About this trace" className="flex flex-col gap-4">
      <Card className="px-4 py-3">
        <h2 className="font-medium text-base">Figures</h2>
        <FactList>
          {figures.map(({ name, value }) => (
            <Fact key={name} name={name}>
              {value ?? <span title="The trace does not say">–</span>}
            </Fact>
          ))}
          <Fact name="Created">
            <OptionalTime time={trace.created_at} />
          </Fact>
          <Fact name="Vector">{trace.embedding_model ?? "None"}</Fact>
          {trace.source_id !== null && <Fact name="Source id">{trace.source_id}</Fact>}
          <Fact name="Id">
            <ShownId id={trace.id} />
          </Fact>
        </FactList>
      </Card>
      {related.length > 0 && (
        <Card className="px-4 py-3">
          <h2 className="font-medium text-base">Related traces</h2>
          <ul className="mt-1 text-sm">
            {related.map(({ target_id: id }) => (
              <li key={id}>
                <Link
                  href={workspacePath({ workspaceId, page: "traces", rest: `/${id}` })}
                  prefetch={false}
                  className={`${linkStyle} font-mono text-xs`}
                >
                  {id}
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {Object.keys(trace.metadata).length > 0 && (
        <Card className="px-4 py-3">
          <h2 className="mb-2 font-medium text-base">Metadata</h2>
          <JsonView value={trace.metadata} label="Metadata" />
        </Card>
      )}
      <SourceRemains extras={trace.extras} notes={trace.notes} />
    </aside>
  )
}
