/** Remembers that the rail is collapsed. */
export const railCookie = "reasoningbank-rail"
