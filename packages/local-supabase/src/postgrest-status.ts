/**
 * HTTP status for a SQLSTATE of the classes lite does not know.
 * Table: https://docs.postgrest.org/en/v12/references/errors.html
 */
export function postgrestStatus(sqlState: string): number {
  const exact = STATUS_BY_CODE[sqlState]
  if (exact !== undefined) return exact
  return STATUS_BY_CLASS[sqlState.slice(0, 2)] ?? 400
}

const STATUS_BY_CODE: Record<string, number> = { P0001: 400 }

const STATUS_BY_CLASS: Record<string, number> = {
  "08": 503,
  "09": 500,
  "0L": 403,
  "0P": 403,
  "25": 500,
  "28": 403,
  "2D": 500,
  "38": 500,
  "39": 500,
  "3B": 500,
  "40": 500,
  "54": 500,
  "57": 500,
  "58": 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
}
