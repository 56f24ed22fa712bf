import type { Metadata } from "next"
import Link from "next/link"
import { buttonStyle } from "../../../components/button.tsx"
import { linkStyle } from "../../../components/link-style.ts"
import { readSession } from "../../../data/open-session.ts"
import { Door } from "../../../frame/door.tsx"
import { AcceptForm } from "./accept-form.tsx"

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" }

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const session = await readSession()
  const next = encodeURIComponent(`/invitations/${token}`)
  if (session === null) {
    return (
      <Door
        title="You are invited to a workspace"
        description="Sign in with the address that was invited, and come back here."
      >
        <div className="flex flex-col gap-3">
          <Link
            href={`/login?next=${next}`}
            className={buttonStyle({ tone: "primary", size: "large" })}
          >
            Sign in
          </Link>
          <Link href={`/sign-up?next=${next}`} className={buttonStyle({ size: "large" })}>
            Create an account
          </Link>
        </div>
      </Door>
    )
  }
  return (
    <Door
      title="You are invited to a workspace"
      description={`You are signed in as ${session.user.email}; the invitation must be for this address.`}
      footer={
        <Link href="/" className={linkStyle}>
          Not now
        </Link>
      }
    >
      <AcceptForm token={token} />
    </Door>
  )
}
