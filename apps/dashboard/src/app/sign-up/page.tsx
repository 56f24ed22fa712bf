import type { Metadata } from "next"
import Link from "next/link"
import { linkStyle } from "../../components/link-style.ts"
import { safeNextPath } from "../../forms/safe-next-path.ts"
import { Door } from "../../frame/door.tsx"
import { SignUpForm } from "./sign-up-form.tsx"

export const metadata: Metadata = { title: "Create an account" }

export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>
}) {
  const next = safeNextPath((await searchParams).next)
  const query = next === "/" ? "" : `?next=${encodeURIComponent(next)}`
  return (
    <Door
      title="Create an account"
      description="You can make a workspace of your own, or be invited to one."
      footer={
        <>
          Have an account?{" "}
          <Link href={`/login${query}`} className={linkStyle}>
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm next={next} />
    </Door>
  )
}
