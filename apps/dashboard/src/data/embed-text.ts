import "server-only"

export type EmbeddedText = { vector: string; model: string; tookInMs: number }

type Embedder = Awaited<ReturnType<typeof loadEmbedder>>

let loading: Promise<Embedder> | undefined

/**
 * The vector of a text, made on this server; null when it has no model, or one that fails, which is logged. Nothing is
 * fetched meanwhile: `pnpm model` does that.
 */
export async function embedText(text: string): Promise<EmbeddedText | null> {
  const embedder = await openEmbedder()
  const start = performance.now()
  try {
    const [vector] = await embedder.embed([text])
    if (vector === undefined) return null
    return {
      vector: `[${vector.join(",")}]`,
      model: embedder.name,
      tookInMs: performance.now() - start,
    }
  } catch (cause) {
    if (!isMissingModel(cause)) console.error("A text could not be embedded:", cause)
    return null
  }
}

/** The embedder of this server. It keeps the vectors of the texts used last. */
export function openEmbedder(): Promise<Embedder> {
  loading ??= loadEmbedder()
  return loading
}

async function loadEmbedder() {
  // Loaded as it is: it starts a process from its own files, which a bundle does not have.
  const { createMiniLmEmbedder } = await import(
    /* turbopackIgnore: true */ "@reasoningbank/embeddings"
  )
  return createMiniLmEmbedder({ hubEndpoint: null, mavenCommand: null })
}

function isMissingModel(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "embedding:no_model"
}
