import { FlaskConical } from "lucide-react"
import Link from "next/link"
import { EmptyState } from "../../../../components/empty-state.tsx"
import type { MemoryRow } from "../../../../data/memory-row.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import { serializePlaygroundParams } from "./search-params.ts"

/** Before anything is asked: what will stand here, and memories to ask with. */
export function StartQuestions({
  workspaceId,
  memories,
}: {
  workspaceId: string
  memories: readonly MemoryRow[]
}) {
  return (
    <>
      <EmptyState icon={<FlaskConical aria-hidden />} title="Ask once, see what each side finds">
        The results of both, how many they share, who moved where, and what it took. Questions asked
        here are not recorded, so they change no figure of other pages.
      </EmptyState>
      <section aria-label="Memories to ask with" className="mx-auto -mt-8 max-w-2xl">
        <p className="pb-2 text-center text-ink-muted text-sm">
          Or ask with the stored vector of a memory; that needs no model:
        </p>
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
          {memories.map(({ id, title }) => (
            <li key={id}>
              <Link
                href={workspacePath({
                  workspaceId,
                  page: "playground",
                  rest: serializePlaygroundParams({ like: id }),
                })}
                prefetch={false}
                className="block truncate px-4 py-2 text-sm hover:bg-hover/50"
              >
                {title}
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
