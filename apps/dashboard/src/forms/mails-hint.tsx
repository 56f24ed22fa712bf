import Link from "next/link"
import { linkStyle } from "../components/link-style.ts"

/** Where the embedded server's mails are to be read. */
export function MailsHint() {
  return (
    <p className="text-ink-muted text-sm">
      This is a local server and sends nothing out.{" "}
      <Link href="/mails" className={linkStyle}>
        Read its mails
      </Link>
    </p>
  )
}
