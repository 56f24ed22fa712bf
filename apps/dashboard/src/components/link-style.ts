/** A link within text. */
export const linkStyle = "font-medium text-accent-ink underline-offset-4 hover:underline"
