import { CircleCheck, TriangleAlert } from "lucide-react"
import type { FormState } from "./form-state.ts"

/** The outcome of a form as a whole, read out when it appears. */
export function FormMessage({ state: { message, hint, done } }: { state: FormState }) {
  return (
    <div aria-live="polite" className="empty:-mb-4">
      {message !== undefined && (
        <div className="flex gap-2 rounded-md bg-failure-soft px-3 py-2 text-sm">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-failure" />
          <p>
            <strong className="font-medium">{message}</strong>
            {hint !== undefined && <span className="block text-ink-muted">{hint}</span>}
          </p>
        </div>
      )}
      {done !== undefined && (
        <div className="flex gap-2 rounded-md bg-success-soft px-3 py-2 text-sm">
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
          <p>{done}</p>
        </div>
      )}
    </div>
  )
}
