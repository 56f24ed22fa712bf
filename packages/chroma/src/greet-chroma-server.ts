import { ReasoningBankError } from "@reasoningbank/core"
import { z } from "zod"
import { askChroma, refusal } from "./ask-chroma.ts"
import { type ChromaHttp, describeAnswer } from "./chroma-http.ts"

const heartbeat = z.object({ "nanosecond heartbeat": z.number() })

/**
 * Makes sure that a Chroma server with API v2 (0.5.16 and later) answers; returns its version.
 * Raises `source:unsupported` for an older one, `source:not_chroma` for anything else.
 */
export async function greetChromaServer({
  http,
  signal,
}: {
  http: ChromaHttp
  signal: AbortSignal
}): Promise<string> {
  const answer = await http.send({ path: "/api/v2/heartbeat", signal })
  if (isHeartbeat(answer)) {
    const purpose = "tell its version"
    return await askChroma({ http, purpose, path: "/api/v2/version", signal, schema: z.string() })
  }
  const isJudged = answer.status === 401 || answer.status === 403 || answer.redirectedTo !== null
  if (isJudged) throw refusal({ http, purpose: "give a sign of life", answer })
  if (isHeartbeat(await http.send({ path: "/api/v1/heartbeat", signal }))) {
    throw new ReasoningBankError({
      code: "source:unsupported",
      message: `The Chroma server at ${http.location} only speaks the old API v1; v2 is expected.`,
      hint: "Stop the server and give its directory with --chromadb-dir, which is read without a server.",
    })
  }
  throw new ReasoningBankError({
    code: "source:not_chroma",
    message: `Something answers at ${http.location}, but it is no Chroma server: its answer to a heartbeat was ${describeAnswer(answer)}.`,
    hint: "Check host, port and path; Chroma listens on port 8000 unless told otherwise.",
  })
}

function isHeartbeat({ status, text }: { status: number; text: string }): boolean {
  if (status !== 200) return false
  try {
    return heartbeat.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
