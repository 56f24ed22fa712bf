import type { Metadata } from "next"
import Link from "next/link"
import { linkStyle } from "../../components/link-style.ts"
import { hasLocalMails } from "../../data/local-mails.ts"
import { Door } from "../../frame/door.tsx"
import { ResetForm } from "./reset-form.tsx"

export const metadata: Metadata = { title: "Reset the password" }

export default function ResetPage() {
  return (
    <Door
      title="Reset the password"
      description="You get a link by mail that lets you choose a new one."
      footer={
        <Link href="/login" className={linkStyle}>
          Back to sign in
        </Link>
      }
    >
      <ResetForm hasLocalMails={hasLocalMails()} />
    </Door>
  )
}
