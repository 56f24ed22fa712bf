import type { Metadata } from "next"
import { Card, CardHeader } from "../../components/card.tsx"
import { PageHeader } from "../../components/page-header.tsx"
import { openSession } from "../../data/open-session.ts"
import { Frame } from "../../frame/frame.tsx"
import { PasswordForm } from "./password-form.tsx"
import { SignOutForm } from "./sign-out-form.tsx"

export const metadata: Metadata = { title: "Account" }

export default async function AccountPage() {
  const { user } = await openSession()
  return (
    <Frame workspaceId={null}>
      <PageHeader title="Account" answer={`You are signed in as ${user.email}.`} />
      <div className="flex max-w-xl flex-col gap-4">
        <Card>
          <CardHeader
            title="Password"
            description="You stay signed in here; other browsers keep their sessions."
          />
          <div className="px-4 pb-4">
            <PasswordForm email={user.email} />
          </div>
        </Card>
        <Card>
          <CardHeader
            title="Sessions"
            description="Ends every session of this account, this one too. Do it when a device is lost."
          />
          <div className="px-4 pb-4">
            <SignOutForm />
          </div>
        </Card>
      </div>
    </Frame>
  )
}
