import type { Embedder } from "../embedder.ts"
import { embeddingDimension } from "../embedding.ts"
import type { EmbeddingTarget, NewEmbedding, RowScope, RowToEmbed } from "../embedding-target.ts"
import type { RowKind } from "../migration-target.ts"
import { embedTexts } from "../storage/embed-texts.ts"
import { embeddedText } from "../storage/stored-rows.ts"
import { readAhead } from "./read-ahead.ts"

/**
 * The rows of one kind that need a vector, with their vectors, page by page. One page is read and one embedded while the
 * caller writes the page before.
 */
export function embedPages(
  source: PageSource & { embedder: Embedder },
): AsyncIterable<NewEmbedding[]> {
  const pages = readAhead(readPages(source))
  return readAhead(withVectors({ pages, embedder: source.embedder }))
}

type PageSource = {
  target: EmbeddingTarget
  kind: RowKind
  workspaceId: string | null
  /** Rows a page. */
  pageSize: number
}

async function* readPages({
  target,
  kind,
  workspaceId,
  pageSize: limit,
}: PageSource): AsyncGenerator<RowToEmbed[]> {
  let after: RowScope["after"] = null
  for (;;) {
    const rows: RowToEmbed[] = await target.read({ kind, workspaceId, after, limit })
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    after = last.key
  }
}

async function* withVectors({
  pages,
  embedder,
}: {
  pages: AsyncIterable<RowToEmbed[]>
  embedder: Embedder
}): AsyncGenerator<NewEmbedding[]> {
  for await (const rows of pages) {
    const vectors = await vectorsOf({ texts: rows.map(textOf), embedder })
    yield rows.flatMap(({ kind, key, version }, at) => {
      const vector = vectors[at]
      return vector === undefined ? [] : [{ kind, key, version, vector }]
    })
  }
}

/** The vectors that a storage backend makes of these texts, with its checks. */
export async function vectorsOf({
  texts,
  embedder,
}: {
  texts: readonly string[]
  embedder: Embedder
}): Promise<(Float32Array | undefined)[]> {
  const embeddings = await embedTexts({
    rows: texts.map((text) => ({ text, given: undefined })),
    embedder: async () => embedder,
    dimension: embeddingDimension,
  })
  return embeddings.map((embedding) => embedding?.vector)
}

function textOf(row: RowToEmbed): string {
  return row.kind === "trace" ? row.task : embeddedText(row)
}
