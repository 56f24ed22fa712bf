import type { Metadata } from "next"
import Link from "next/link"
import { linkStyle } from "../../../components/link-style.ts"
import { Door } from "../../../frame/door.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { readLink } from "./read-link.ts"

export const metadata: Metadata = { title: "Confirm" }

const purposes = {
  email: { title: "Welcome", button: "Continue" },
  signup: { title: "Confirm your address", button: "Confirm and sign in" },
  magiclink: { title: "Sign in", button: "Sign in" },
  recovery: { title: "Choose a new password", button: "Continue" },
  email_change: { title: "Confirm your new address", button: "Confirm" },
  invite: { title: "You are invited", button: "Accept and sign in" },
}

/**
 * Where the links of mails lead. Opening it does nothing yet: programs that look through mails open links too, and each
 * works only once.
 */
export default async function ConfirmPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const link = readLink(await searchParams)
  const footer = (
    <Link href="/login" className={linkStyle}>
      To sign in
    </Link>
  )
  if (link === null) {
    return (
      <Door
        title="This link is not complete"
        description="Open it from the mail again, or copy all of it into the address bar."
        footer={footer}
      />
    )
  }
  const { title, button } = purposes[link.type]
  return (
    <Door title={title} description="This link came to you by mail and works once." footer={footer}>
      <ConfirmForm link={link} button={button} />
    </Door>
  )
}
