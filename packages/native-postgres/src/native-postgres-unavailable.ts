/** Raised when no PostgreSQL with pgvector can be had on this machine; the message lists every source tried and why it failed. */
export class NativePostgresUnavailable extends Error {
  override readonly name = "NativePostgresUnavailable"
}
