import { createSupabaseApp } from "./create-supabase-app.ts"
import { createPgliteDatabase } from "./database.ts"
import { describeDatabase } from "./describe-database.ts"
import type { Engine, EngineSettings } from "./engine.ts"
import { handleEngineRequest } from "./handle-engine-request.ts"
import { openEmbeddedConnection } from "./open-embedded-connection.ts"
import { prepareDatabase } from "./prepare-database.ts"
import { restTypes } from "./rest-types.ts"
import { runLocalTransaction } from "./run-local-transaction.ts"
import { createSerialLock } from "./serial-lock.ts"
import { decodeTransaction, type LocalSqlStatement } from "./transaction-frame.ts"

/** PGlite: one session, so requests and transactions take turns under one lock. */
export async function startEmbeddedEngine(options: {
  settings: EngineSettings
  database: { directory: string; unfinishedMarker: string }
  log: (message: string) => void
}): Promise<Engine> {
  const { settings, log } = options
  const connection = await openEmbeddedConnection({ ...options.database, log })
  const pglite = connection.driver
  const database = createPgliteDatabase(pglite)
  await prepareDatabase({ database, folder: settings.folder, log })
  await pglite.exec("reset all")
  // PGlite learns array types when it opens, before the migrations made new ones.
  await pglite.refreshArrayTypes()
  const { relation, vectorTypes } = await describeDatabase(database)
  for (const [type, { parse, serialize }] of restTypes(vectorTypes)) {
    pglite.parsers[type] = parse
    pglite.serializers[type] = serialize
  }
  const fetch = await createSupabaseApp({ connection, settings, relation })
  const lock = createSerialLock()
  return {
    handle: (request) => lock(() => handleEngineRequest({ fetch, request })),
    runTransaction: (frame) =>
      lock(async () => {
        const statements = decodeTransaction(frame)
        try {
          return new TextEncoder().encode(
            JSON.stringify(await runLocalTransaction({ pglite, statements })),
          )
        } finally {
          if (statements.some(changesSchema)) await connection.clearSchemaCache()
        }
      }),
    close: () => lock(() => connection.close()),
  }
}

/** Lite reads the schema once; a table made over direct SQL would be unknown to it until the next start. */
function changesSchema(statement: LocalSqlStatement): boolean {
  return "sql" in statement && /^\s*(create|alter|drop|comment)\s/i.test(statement.sql)
}
