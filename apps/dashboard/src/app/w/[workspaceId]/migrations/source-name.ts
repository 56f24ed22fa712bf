const names: Record<string, string> = {
  "chroma-directory": "Chroma directory",
  "chroma-server": "Chroma server",
  "traces-file": "traces.json",
}

/** What a kind of source is called. */
export function sourceName(kind: string): string {
  return names[kind] ?? kind
}
