import { CircleCheck, TriangleAlert } from "lucide-react"
import { Card, CardHeader } from "../../../../../components/card.tsx"
import { CopyButton } from "../../../../../components/copy-button.tsx"
import type { RunDetails } from "../../../../../data/migration-run.ts"
import { formatCount } from "../../../../../formats/format-count.ts"

/** That every row was read back and compared, and the digests that say so. */
export function Verification({ details: { verification, run } }: { details: RunDetails }) {
  if (verification === null) {
    return (
      <Card className="pb-4">
        <CardHeader title="Verification" />
        <p className="px-4 text-ink-muted text-sm">
          {run.isWhole
            ? "– No rows were compared: the run did not come to that."
            : "– Told to who owns all workspaces of the run."}
        </p>
      </Card>
    )
  }
  const { source_digest: source, target_digest: target } = verification
  const isEqual = source === target
  return (
    <Card id="verification" className="scroll-mt-16 pb-2">
      <CardHeader
        title="Verification"
        description={`Read back and compared: ${formatCount(verification.traces_compared)} traces, ${formatCount(verification.memory_items_compared)} memory items, ${formatCount(verification.vectors_compared)} vectors.`}
      />
      <p
        className={`flex items-center gap-2 px-4 pb-2 text-sm ${isEqual ? "text-success" : "text-failure"}`}
      >
        {isEqual ? (
          <CircleCheck aria-hidden className="size-4" />
        ) : (
          <TriangleAlert aria-hidden className="size-4" />
        )}
        {isEqual ? "The digests of both sides are the same." : "The digests of both sides differ."}
      </p>
      <dl className="divide-y divide-line border-line border-t text-sm">
        {[
          { name: "Source", digest: source },
          { name: "Target", digest: target },
        ].map(({ name, digest }) => (
          <div key={name} className="flex items-center gap-3 px-4 py-1">
            <dt className="w-14 shrink-0 text-ink-muted">{name}</dt>
            <dd className="flex min-w-0 flex-1 items-center gap-2">
              <code className="min-w-0 flex-1 break-all font-mono text-xs">{digest}</code>
              <CopyButton text={digest} label={`Copy the digest of the ${name.toLowerCase()}`} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
