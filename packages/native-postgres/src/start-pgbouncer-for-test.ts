import type { TestContext } from "vitest"
import { PgbouncerUnavailable } from "./pgbouncer-unavailable.ts"
import { type Pgbouncer, type PgbouncerOptions, startPgbouncer } from "./start-pgbouncer.ts"

/** A pgbouncer that ends with the test, which is skipped with the reason where none can be had. */
export async function startPgbouncerForTest(
  options: PgbouncerOptions & { context: TestContext },
): Promise<Pgbouncer> {
  const { context, ...pgbouncerOptions } = options
  const pgbouncer = await startPgbouncer(pgbouncerOptions).catch((cause: unknown) => {
    if (cause instanceof PgbouncerUnavailable) context.skip(cause.message)
    throw cause
  })
  context.onTestFinished(() => pgbouncer.stop())
  return pgbouncer
}
