import "server-only"
import { encodeRows } from "./encode-rows.ts"
import { contentTypes, exportFormat } from "./export-format.ts"

/**
 * A download of all pages. `?format=` is csv, json or jsonl, `?formulas=keep` leaves cells as they are. The first page is
 * read before the answer begins, so that a refusal is one; a later failure breaks the download off.
 */
export async function exportResponse<Name extends string>({
  request,
  name,
  columns,
  pages,
}: {
  request: Request
  /** Of the file, without its ending. */
  name: string
  columns: readonly Name[]
  pages: AsyncIterable<readonly Record<Name, unknown>[]>
}): Promise<Response> {
  const query = new URL(request.url).searchParams
  const parsed = exportFormat.safeParse(query.get("format"))
  if (!parsed.success) {
    return new Response("The format is csv, json or jsonl: add ?format=csv to the address.\n", {
      status: 400,
    })
  }
  const format = parsed.data
  const isDefused = query.get("formulas") !== "keep"
  const chunks = encodeRows({ pages: await startReading(pages), columns, format, isDefused })
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
  return new Response(body, {
    headers: {
      "content-type": contentTypes[format],
      "content-disposition": `attachment; filename="${name}.${format}"`,
    },
  })
}

async function startReading<Page>(pages: AsyncIterable<Page>): Promise<AsyncIterable<Page>> {
  const iterator = pages[Symbol.asyncIterator]()
  const first = await iterator.next()
  return (async function* () {
    if (first.done) return
    yield first.value
    yield* { [Symbol.asyncIterator]: () => iterator }
  })()
}
