import { TriangleAlert } from "lucide-react"
import { type ReactNode, useId } from "react"

/** A labelled control with its hint and its error; `children` gets the ids that tie them together. */
export function Field({
  label,
  hint,
  error,
  aside,
  children,
}: {
  label: string
  hint?: ReactNode
  error?: string | undefined
  /** Beside the label, such as a link. */
  aside?: ReactNode
  children: (control: {
    id: string
    "aria-describedby": string | undefined
    "aria-invalid": true | undefined
  }) => ReactNode
}) {
  const id = useId()
  const described = error !== undefined || hint !== undefined ? `${id}-note` : undefined
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-4 text-sm">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {aside}
      </div>
      {children({
        id,
        "aria-describedby": described,
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {error !== undefined ? (
        <p id={described} className="flex items-start gap-1.5 text-failure text-sm">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      ) : (
        hint !== undefined && (
          <p id={described} className="text-ink-muted text-sm">
            {hint}
          </p>
        )
      )}
    </div>
  )
}
