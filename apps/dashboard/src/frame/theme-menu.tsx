"use client"

import { Monitor, Moon, Sun } from "lucide-react"
import { useTheme } from "next-themes"
import { Button } from "../components/button.tsx"
import { Menu, MenuChoices } from "../components/menu.tsx"

const themes = [
  { value: "system", label: <Choice icon={<Monitor aria-hidden />} text="System" /> },
  { value: "light", label: <Choice icon={<Sun aria-hidden />} text="Light" /> },
  { value: "dark", label: <Choice icon={<Moon aria-hidden />} text="Dark" /> },
]

export function ThemeMenu() {
  const { theme, setTheme } = useTheme()
  return (
    <Menu
      align="end"
      trigger={
        <Button tone="quiet" size="icon" aria-label="Theme">
          <Sun aria-hidden className="dark:hidden" />
          <Moon aria-hidden className="hidden dark:block" />
        </Button>
      }
    >
      <MenuChoices label="Theme" value={theme ?? "system"} onChange={setTheme} choices={themes} />
    </Menu>
  )
}

function Choice({ icon, text }: { icon: React.ReactNode; text: string }) {
  return (
    <>
      {icon}
      {text}
    </>
  )
}
