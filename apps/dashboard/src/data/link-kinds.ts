/** What the link of a mail is for; `email` is how hosted Supabase names a sign-up or sign-in link. */
export const linkKinds = [
  "email",
  "signup",
  "magiclink",
  "recovery",
  "email_change",
  "invite",
] as const

export type LinkKind = (typeof linkKinds)[number]
