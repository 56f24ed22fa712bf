import Link from "next/link"
import { Card, CardHeader } from "../../../../components/card.tsx"
import { linkStyle } from "../../../../components/link-style.ts"
import { Table, TableCell, TableHead, TableRow } from "../../../../components/table.tsx"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import type { RankComparison, RankPair } from "./compare-ranks.ts"
import { RankMove } from "./rank-move.tsx"
import { RankSlope } from "./rank-slope.tsx"

const compactRow = 26

/** The drawing between the lists as figures; on a narrow screen the drawing too. */
export function RankTable({
  workspaceId,
  comparison: { pairs, possible },
  names,
}: {
  workspaceId: string
  comparison: RankComparison
  names: { supabase: string; opponent: string }
}) {
  return (
    <Card id="moves" className="mt-4 scroll-mt-16">
      <CardHeader
        title="Rank moves"
        description={`Places in ${names.opponent} against places in ${names.supabase}.`}
      />
      <div className="flex gap-3 px-4 pb-4 text-ink-muted text-xs lg:hidden" aria-hidden>
        <Places count={possible} name={names.supabase} />
        <div className="flex-1 pt-6">
          <RankSlope pairs={pairs} rows={possible} rowHeight={compactRow} active={null} />
        </div>
        <Places count={possible} name={names.opponent} />
      </div>
      <Table label="Rank moves">
        <thead>
          <tr>
            <TableHead>Memory item</TableHead>
            <TableHead className="text-right">{names.supabase}</TableHead>
            <TableHead className="text-right">{names.opponent}</TableHead>
            <TableHead>Move</TableHead>
            <TableHead className="text-right">Similarity</TableHead>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <TableRow key={pair.id}>
              <TableCell className="w-full min-w-48 max-w-0 truncate">
                <Link
                  href={workspacePath({ workspaceId, page: "memories", rest: `/${pair.id}` })}
                  prefetch={false}
                  className={linkStyle}
                >
                  {pair.title}
                </Link>
              </TableCell>
              <TableCell className="text-right">{pair.supabase?.rank ?? "–"}</TableCell>
              <TableCell className="text-right">{pair.opponent?.rank ?? "–"}</TableCell>
              <TableCell>
                {pair.move === null ? (
                  <span className="whitespace-nowrap text-partial">
                    only {pair.supabase === null ? names.opponent : names.supabase}
                  </span>
                ) : (
                  <RankMove places={pair.move} other={names.supabase} />
                )}
              </TableCell>
              <TableCell className="whitespace-nowrap text-right">{similarityText(pair)}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

function Places({ count, name }: { count: number; name: string }) {
  return (
    <div className="text-center tabular-nums">
      <p className="h-6 font-medium">{name}</p>
      {Array.from({ length: count }, (_, place) => (
        <p key={place} style={{ height: compactRow, lineHeight: `${compactRow}px` }}>
          {place + 1}
        </p>
      ))}
    </div>
  )
}

/** One figure where both sides say the same to three digits. */
function similarityText({ supabase, opponent }: RankPair): string {
  const texts = [supabase, opponent].flatMap((found) =>
    found === null || found.similarity === null ? [] : [found.similarity.toFixed(3)],
  )
  return texts.length === 0 ? "–" : [...new Set(texts)].join(" / ")
}
