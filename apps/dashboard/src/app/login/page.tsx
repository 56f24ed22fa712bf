import type { Metadata } from "next"
import Link from "next/link"
import { redirect } from "next/navigation"
import { linkStyle } from "../../components/link-style.ts"
import { hasLocalMails } from "../../data/local-mails.ts"
import { readSession } from "../../data/open-session.ts"
import { readEnvironment } from "../../env.ts"
import type { FormState } from "../../forms/form-state.ts"
import { safeNextPath } from "../../forms/safe-next-path.ts"
import { Door } from "../../frame/door.tsx"
import { LoginForm } from "./login-form.tsx"

export const metadata: Metadata = { title: "Sign in" }

const notices: Record<string, FormState> = {
  github: {
    message: "GitHub did not sign you in.",
    hint: "You may have declined, or taken too long. Try again.",
  },
  everywhere: { done: "You are signed out in every browser." },
}

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[]; notice?: string | string[] }>
}) {
  const asked = await searchParams
  const next = safeNextPath(asked.next)
  if ((await readSession()) !== null) redirect(next)
  const query = next === "/" ? "" : `?next=${encodeURIComponent(next)}`
  return (
    <Door
      title="Sign in"
      description="See what your agents learned."
      footer={
        <>
          New here?{" "}
          <Link href={`/sign-up${query}`} className={linkStyle}>
            Create an account
          </Link>
        </>
      }
    >
      <LoginForm
        next={next}
        notice={(typeof asked.notice === "string" && notices[asked.notice]) || {}}
        hasGithub={readEnvironment().hasGithubLogin}
        hasLocalMails={hasLocalMails()}
      />
    </Door>
  )
}
