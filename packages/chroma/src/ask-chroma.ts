import { ReasoningBankError } from "@reasoningbank/core"
import type { z } from "zod"
import {
  type ChromaAnswer,
  type ChromaHttp,
  type ChromaRequest,
  describeAnswer,
} from "./chroma-http.ts"

export type ChromaQuestion = ChromaRequest & {
  http: ChromaHttp
  /** Completes "could not …", for the error message. */
  purpose: string
}

/**
 * Asks and returns the body of a good answer.
 * Raises `source:refused` (401, 403), `source:changed` (404: what was listed before is gone),
 * `source:not_chroma` (a redirect) and `source:unsupported` (another refusal).
 */
export async function askChromaForText({
  http,
  purpose,
  ...request
}: ChromaQuestion): Promise<string> {
  const answer = await http.send(request)
  if (answer.status >= 200 && answer.status < 300) return answer.text
  throw refusal({ http, purpose, answer })
}

/** The same for a small answer of known shape. Raises `source:not_chroma` when it has another one. */
export async function askChroma<Answer>({
  schema,
  ...question
}: ChromaQuestion & { schema: z.ZodType<Answer> }): Promise<Answer> {
  const text = await askChromaForText(question)
  const parsed = schema.safeParse(parseOrUndefined(text))
  if (parsed.success) return parsed.data
  throw unexpectedAnswer({ ...question, cause: parsed.error })
}

export function unexpectedAnswer({
  http,
  purpose,
  cause,
}: {
  http: ChromaHttp
  purpose: string
  cause?: unknown
}): ReasoningBankError {
  return new ReasoningBankError({
    code: "source:not_chroma",
    message: `The server at ${http.location} did not answer like a Chroma server when asked to ${purpose}.`,
    hint: "Check the address; a proxy or another program may be answering.",
    cause,
  })
}

type Refusal = { http: ChromaHttp; purpose: string; answer: ChromaAnswer }

export function refusal({ http, purpose, answer }: Refusal): ReasoningBankError {
  const { status, redirectedTo } = answer
  const said = `The Chroma server at ${http.location} was asked to ${purpose} and answered ${describeAnswer(answer)}`
  if (status === 401 || status === 403) {
    return new ReasoningBankError({
      code: "source:refused",
      message: `${said}: the credentials are missing or may not read this.`,
      hint: "Give the server's token, header or user and password, of somebody who may read this tenant and database.",
    })
  }
  if (status === 404) {
    return new ReasoningBankError({
      code: "source:changed",
      message: `${said}: it was there before.`,
      hint: "Somebody is changing the source; run again when it is quiet.",
    })
  }
  if (status >= 300 && status < 400) {
    return new ReasoningBankError({
      code: "source:not_chroma",
      message: `${said}: it redirects to ${redirectedTo ?? "another address"}, which is not followed with credentials.`,
      hint: "Give the address it redirects to, if it is the Chroma server.",
    })
  }
  return new ReasoningBankError({
    code: "source:unsupported",
    message: `${said}.`,
    hint: "If the server's directory is at hand, stop the server and give --chromadb-dir instead.",
  })
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
