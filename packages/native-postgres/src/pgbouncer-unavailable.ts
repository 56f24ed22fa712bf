/** Raised when no pgbouncer can be had on this machine; the message says why. */
export class PgbouncerUnavailable extends Error {
  override readonly name = "PgbouncerUnavailable"
}
