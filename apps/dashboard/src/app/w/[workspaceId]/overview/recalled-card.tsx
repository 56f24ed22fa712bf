import Link from "next/link"
import { Card, CardHeader } from "../../../../components/card.tsx"
import { linkStyle } from "../../../../components/link-style.ts"
import { Table, TableCell, TableHead, TableRow } from "../../../../components/table.tsx"
import { Time } from "../../../../components/time.tsx"
import type { RecalledMemory } from "../../../../data/retrievals.ts"
import { formatFigure } from "../../../../format/format-figure.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import type { OverviewFacts } from "./overview-facts.ts"

export function RecalledCard({
  facts: { workspaceId, range },
  memories,
}: {
  facts: OverviewFacts
  memories: readonly RecalledMemory[]
}) {
  return (
    <Card>
      <CardHeader title="Most recalled" />
      {memories.length === 0 ? (
        <p className="px-4 pb-4 text-ink-muted text-sm">
          No recorded search returned a memory item {range.phrase}.
        </p>
      ) : (
        <Table label="Most recalled memory items">
          <thead>
            <tr>
              <TableHead>Memory item</TableHead>
              <TableHead className="text-right">Recalls</TableHead>
              <TableHead className="text-right">Helped</TableHead>
              <TableHead className="text-right">Average rank</TableHead>
              <TableHead className="text-right">Last</TableHead>
            </tr>
          </thead>
          <tbody>
            {memories.map((memory) => (
              <TableRow key={memory.id}>
                <TableCell className="max-w-0 min-w-48 w-full truncate">
                  <Link
                    href={workspacePath({ workspaceId, page: "memories", rest: `/${memory.id}` })}
                    prefetch={false}
                    className={linkStyle}
                  >
                    {memory.title}
                  </Link>
                </TableCell>
                <TableCell className="text-right">
                  {formatFigure({ value: memory.recalls, unit: "count" })}
                </TableCell>
                <TableCell className="text-right">{helped(memory)}</TableCell>
                <TableCell className="text-right">{memory.average_rank.toFixed(1)}</TableCell>
                <TableCell className="text-right">
                  <Time at={memory.last_recalled_at} />
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  )
}

function helped({ helpful, unhelpful }: RecalledMemory): string {
  const judged = helpful + unhelpful
  return judged === 0 ? "–" : `${helpful} of ${judged}`
}
