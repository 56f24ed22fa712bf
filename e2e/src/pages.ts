/** A page of the dashboard as screenshots and checks of every page open it. */
export type PageUnderTest = {
  name: string
  /** `workspace` is the address of one with content, such as `/w/…`. */
  path: (workspace: string) => string
  isSignedIn: boolean
  /** Whether it is the answer to an address that leads nowhere. */
  isMissing?: boolean
}

/** Every page; one that is not in here is neither photographed nor checked for accessibility. */
export const pages: readonly PageUnderTest[] = [
  { name: "login", path: () => "/login", isSignedIn: false },
  { name: "sign-up", path: () => "/sign-up", isSignedIn: false },
  { name: "reset", path: () => "/reset", isSignedIn: false },
  { name: "mails", path: () => "/mails", isSignedIn: false },
  {
    name: "confirm",
    path: () => "/auth/confirm?token_hash=none&type=magiclink",
    isSignedIn: false,
  },
  { name: "invitation-guest", path: () => "/invitations/invitation_none", isSignedIn: false },
  { name: "invitation", path: () => "/invitations/invitation_none", isSignedIn: true },
  { name: "account", path: () => "/account", isSignedIn: true },
  { name: "welcome", path: () => "/welcome", isSignedIn: true },
  { name: "workspaces", path: () => "/workspaces", isSignedIn: true },
  ...[
    "overview",
    "memories",
    "traces",
    "latency",
    "playground",
    "map",
    "migrations",
    "members",
    "settings",
  ].map((name) => ({
    name,
    path: (workspace: string) => `${workspace}/${name}`,
    isSignedIn: true,
  })),
  // Of the sample bank's Harbor Pipeline.
  ...[
    { name: "memories-search", rest: "/memories?q=duplicate+rows&mode=keyword" },
    { name: "memory", rest: "/memories/dce52987-2152-402a-8116-8847cebc23b5" },
    {
      name: "playground-asked",
      rest: "/playground?like=dce52987-2152-402a-8116-8847cebc23b5",
    },
    { name: "playground-exact", rest: "/playground?q=duplicate+rows&mode=keyword&against=exact" },
    { name: "traces-failed", rest: "/traces?outcome=failure" },
  ].map(({ name, rest }) => ({
    name,
    path: (workspace: string) => `${workspace}${rest}`,
    isSignedIn: true,
  })),
  { name: "not-found", path: () => "/w/of-nobody/overview", isSignedIn: true, isMissing: true },
]
