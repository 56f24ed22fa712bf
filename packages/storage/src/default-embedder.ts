import type { ClosableEmbedder } from "@reasoningbank/core"

/** The model of a ReasoningBank, loaded when a text is first embedded and ended with the backend that uses it. */
export function createDefaultEmbedder() {
  let made: ClosableEmbedder | null = null
  return {
    async load(): Promise<ClosableEmbedder> {
      const { createMiniLmEmbedder } = await import("@reasoningbank/embeddings")
      made ??= createMiniLmEmbedder()
      return made
    },
    close: async () => made?.close(),
  }
}
