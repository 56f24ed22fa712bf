import type { Metadata } from "next"
import Link from "next/link"
import { redirect } from "next/navigation"
import { linkStyle } from "../../components/link-style.ts"
import { readSession } from "../../data/open-session.ts"
import { safeNextPath } from "../../forms/safe-next-path.ts"
import { Door } from "../../frame/door.tsx"
import { LoginForm } from "./login-form.tsx"

export const metadata: Metadata = { title: "Sign in" }

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>
}) {
  const next = safeNextPath((await searchParams).next)
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
      <LoginForm next={next} />
    </Door>
  )
}
