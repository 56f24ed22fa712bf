"use client"

import { LoaderCircle } from "lucide-react"
import { useFormStatus } from "react-dom"
import { Button, type ButtonProps } from "./button.tsx"

/** The button of a form; busy and without effect while its action runs. */
export function SubmitButton({ children, ...rest }: ButtonProps) {
  const { pending } = useFormStatus()
  return (
    <Button type="submit" aria-disabled={pending || undefined} {...rest}>
      {pending && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </Button>
  )
}
