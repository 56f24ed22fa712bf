import { Agent, type IncomingMessage, request } from "node:http"
import { buffer } from "node:stream/consumers"
import { unpackError } from "./engine-messages.ts"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import { encodeTransaction, type LocalSqlRow, type LocalSqlStatement } from "./transaction-frame.ts"

export type LocalSqlClient = {
  /**
   * Runs all statements in one transaction, in order; the rows of each (none for COPY).
   * Raises `LocalSqlError` for what Postgres refuses, and nothing is kept; `LocalSupabaseError` `server_lost`.
   */
  transaction(statements: LocalSqlStatement[]): Promise<LocalSqlRow[][]>
  close(): Promise<void>
}

/** Direct SQL on the embedded database, as its owner, over the server's own endpoint. */
export function createLocalSqlClient(settings: { url: string; secretKey: string }): LocalSqlClient {
  const { secretKey } = settings
  const endpoint = new URL("/local/v1/transaction", settings.url)
  const agent = new Agent({ keepAlive: true })
  return {
    transaction: async (statements) => {
      const { status, text } = await post({
        endpoint,
        agent,
        secretKey,
        parts: encodeTransaction(statements),
      })
      const answer = JSON.parse(text)
      if (status === 200) return answer
      if (answer.kind !== undefined) throw unpackError(answer)
      throw new LocalSupabaseError({
        code: "server_failed",
        message: answer.message,
        hint: answer.hint,
      })
    },
    close: async () => agent.destroy(),
  }
}

/** `node:http` and not `fetch`, which gives up when an answer takes more than five minutes. */
async function post(options: {
  endpoint: URL
  agent: Agent
  secretKey: string
  parts: Uint8Array[]
}): Promise<{ status: number; text: string }> {
  const { endpoint, agent, secretKey, parts } = options
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = request(endpoint, {
        method: "POST",
        agent,
        headers: {
          apikey: secretKey,
          "content-type": "application/octet-stream",
          "content-length": parts.reduce((sum, part) => sum + part.byteLength, 0),
        },
      })
      outgoing.on("response", resolve)
      outgoing.on("error", reject)
      for (const part of parts) outgoing.write(part)
      outgoing.end()
    })
    return { status: response.statusCode ?? 0, text: (await buffer(response)).toString("utf8") }
  } catch (cause) {
    throw new LocalSupabaseError({
      code: "server_lost",
      message: `The local Supabase at ${endpoint.origin} does not answer: ${cause instanceof Error ? cause.message : cause}`,
      hint: "Run the command again: what was acknowledged is kept, the transaction under way may or may not be.",
      cause,
    })
  }
}
