"use client"

import { CircleUser, KeyRound, LogOut } from "lucide-react"
import { startTransition } from "react"
import { signOutAction } from "../app/sign-out-action.ts"
import { Button } from "../components/button.tsx"
import { Menu, MenuItem, MenuLink, MenuSeparator } from "../components/menu.tsx"
import { useFrame } from "./frame-provider.tsx"

export function AccountMenu() {
  const { email } = useFrame()
  return (
    <Menu
      align="end"
      trigger={
        <Button tone="quiet" size="icon" aria-label={`Account of ${email}`}>
          <CircleUser aria-hidden />
        </Button>
      }
    >
      <p className="max-w-64 truncate px-2 py-1 text-ink-muted text-xs">{email}</p>
      <MenuSeparator />
      <MenuLink href="/account">
        <KeyRound aria-hidden />
        Password and sessions
      </MenuLink>
      <MenuItem onSelect={() => startTransition(() => signOutAction())}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  )
}
