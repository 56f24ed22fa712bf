import { randomBytes } from "node:crypto"
import postgres from "postgres"

export type CreateDatabaseOptions = {
  /** A superuser's URL of any database of the server. */
  url: string
  /** @default a random name */
  name?: string
  /** A database to copy; nobody may be connected to it. */
  template?: string
}

/** Makes a database and returns a superuser's URL of it. */
export async function createDatabase(options: CreateDatabaseOptions): Promise<string> {
  const name = options.name ?? `test_${randomBytes(6).toString("hex")}`
  const sql = postgres(options.url, { max: 1, onnotice: () => {} })
  try {
    const template = options.template ?? "template1"
    await sql`create database ${sql(name)} template ${sql(template)}`
  } finally {
    await sql.end()
  }
  const url = new URL(options.url)
  url.pathname = `/${name}`
  return url.href
}
