/** Raised when the Supabase CLI can not be had on this machine; the message says why. */
export class SupabaseCliUnavailable extends Error {
  override readonly name = "SupabaseCliUnavailable"
}
