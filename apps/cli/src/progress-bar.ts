const width = 24

/** A bar of which a share from 0 to 1 is filled. */
export function progressBar(share: number): string {
  const filled = Math.round(Math.min(Math.max(share, 0), 1) * width)
  return "█".repeat(filled) + "░".repeat(width - filled)
}
