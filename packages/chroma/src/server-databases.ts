import { ReasoningBankError } from "@reasoningbank/core"
import { z } from "zod"
import { refusal, unexpectedAnswer } from "./ask-chroma.ts"
import type { ChromaAnswer, ChromaHttp } from "./chroma-http.ts"
import { databasePath } from "./server-collections.ts"

const databasesPerRequest = 100
const defaultDatabase = "default_database"
const listedDatabases = z.array(z.object({ name: z.string() }))

/**
 * The databases of a tenant, or the one named. A server that does not list them (before 0.6, or for
 * want of permission) has its default one read. Nothing is made: a tenant or database that does not
 * exist raises `source:not_found`, which the server itself would answer with an empty list.
 */
export async function findServerDatabases(wanted: {
  http: ChromaHttp
  tenant: string
  database: string | undefined
  signal: AbortSignal
}): Promise<string[]> {
  const { http, tenant, database, signal } = wanted
  if (database !== undefined) {
    const answer = await http.send({ path: databasePath({ tenant, database }), signal })
    throwUnlessFound({ http, answer, what: `database "${database}" of tenant "${tenant}"` })
    return [database]
  }
  const tenantPath = `/api/v2/tenants/${encodeURIComponent(tenant)}`
  const answer = await http.send({ path: tenantPath, signal })
  throwUnlessFound({ http, answer, what: `tenant "${tenant}"` })

  const names = new Set<string>()
  for (let offset = 0; ; ) {
    const range = `limit=${databasesPerRequest}&offset=${offset}`
    const page = await http.send({ path: `${tenantPath}/databases?${range}`, signal })
    if (isNotListed(page)) return [defaultDatabase]
    const found = parseDatabases({ http, page })
    const known = names.size
    for (const name of found) names.add(name)
    offset += found.length
    if (names.size === known) return [...names]
  }
}

function isNotListed({ status }: ChromaAnswer): boolean {
  return status === 401 || status === 403 || status === 404 || status === 405
}

function parseDatabases({ http, page }: { http: ChromaHttp; page: ChromaAnswer }): string[] {
  const purpose = "list the databases"
  if (page.status !== 200) throw refusal({ http, purpose, answer: page })
  try {
    return listedDatabases.parse(JSON.parse(page.text)).map(({ name }) => name)
  } catch (cause) {
    throw unexpectedAnswer({ http, purpose, cause })
  }
}

/** Permission to look at a tenant or database is not needed to read its collections. */
function throwUnlessFound({
  http,
  answer,
  what,
}: {
  http: ChromaHttp
  answer: ChromaAnswer
  what: string
}): void {
  if (answer.status !== 404) return
  throw new ReasoningBankError({
    code: "source:not_found",
    message: `The Chroma server at ${http.location} has no ${what}.`,
    hint: "Check its spelling; nothing was created.",
  })
}
