import "server-only"
import { DataError } from "./data-error.ts"
import { unwrap } from "./unwrap.ts"

/** The row of a function that always returns one. Raises `DataError`. */
export function unwrapRow<Row>(answer: Parameters<typeof unwrap<Row[]>>[0]): Row {
  const [row] = unwrap(answer)
  if (row === undefined) {
    throw new DataError({ code: "failed", message: "The database answered without a row." })
  }
  return row
}
