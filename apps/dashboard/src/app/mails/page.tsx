import { Inbox } from "lucide-react"
import type { Metadata } from "next"
import Link from "next/link"
import { Brand } from "../../components/brand.tsx"
import { buttonStyle } from "../../components/button.tsx"
import { Card } from "../../components/card.tsx"
import { EmptyState } from "../../components/empty-state.tsx"
import { PageHeader } from "../../components/page-header.tsx"
import { Time } from "../../components/time.tsx"
import { listLocalMails } from "../../data/local-mails.ts"

export const metadata: Metadata = { title: "Mails of this local server" }

/** Exists beside the embedded server only: what it would have mailed. */
export default async function MailsPage() {
  const mails = await listLocalMails()
  return (
    <main className="mx-auto w-full max-w-3xl px-4 py-10">
      <Brand />
      <div className="mt-8">
        <PageHeader
          title="Mails of this local server"
          answer="It sends nothing out. On a hosted project these reach their inboxes."
          actions={
            <Link href="/login" className={buttonStyle()}>
              To sign in
            </Link>
          }
        />
      </div>
      <Card>
        {mails.length === 0 ? (
          <EmptyState icon={<Inbox aria-hidden />} title="No mail yet">
            Ask for a sign-in link or a new password, and it appears here.
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {mails.map(({ sentAt, to, subject, confirmPath }) => (
              <li
                key={`${sentAt.toISOString()} ${to}`}
                className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3"
              >
                <div className="min-w-0 flex-1 basis-60">
                  <p className="truncate font-medium">{subject}</p>
                  <p className="truncate text-ink-muted text-sm">
                    {to} · <Time at={sentAt} />
                  </p>
                </div>
                {confirmPath !== null && (
                  <Link href={confirmPath} prefetch={false} className={buttonStyle()}>
                    Open its link
                  </Link>
                )}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </main>
  )
}
