import { PlugZap, TriangleAlert } from "lucide-react"
import type { ReactNode } from "react"
import { CommandLine } from "../../../../components/command-line.tsx"

function Note({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="mb-4 flex gap-3 rounded-lg border border-line bg-surface p-4 text-sm [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0"
    >
      {icon}
      <div className="min-w-0 flex-1">
        <h2 className="font-medium">{title}</h2>
        <div className="mt-0.5 max-w-[76ch] text-ink-muted">{children}</div>
      </div>
    </section>
  )
}

/** Why it was searched by words although something else was asked for. */
export function MissingModelNote() {
  return (
    <Note
      icon={<TriangleAlert aria-hidden className="text-partial" />}
      title="Searched by words: this server has no embedding model"
    >
      <p className="mb-2">
        To search a text by its meaning the server needs the model that made the stored vectors.
        This fetches it; then ask again:
      </p>
      <CommandLine command="pnpm model" />
      <p className="mt-2">Without it, ask with the stored vector of a memory: it needs no model.</p>
    </Note>
  )
}

/** How a Chroma is connected, for whoever runs the server. */
export function ConnectChromaNote() {
  return (
    <Note
      icon={<PlugZap aria-hidden className="text-ink-muted" />}
      title="No Chroma is connected: Supabase is compared with an exact search"
    >
      <p className="mb-2">
        To see both backends side by side, start this server with the address of the Chroma you
        migrated from, and <code className="font-mono">CHROMA_TOKEN</code> where it asks for one. It
        is only read, and only for members of a workspace.
      </p>
      <CommandLine command="CHROMA_URL=http://localhost:8000 pnpm start" />
    </Note>
  )
}
