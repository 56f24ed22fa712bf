import path from "node:path"
import { connectLocalSupabase } from "@reasoningbank/local-supabase"
import type { Product } from "./start-product.ts"

export type RawRows = {
  /** The rows of a statement; values in the text form of Postgres. */
  select(statement: string, ...parameters: string[]): Promise<Record<string, string | null>[]>
  close(): Promise<void>
}

/** Asks the tables of the running product beside the dashboard, as the owner of the database. */
export async function openSql({ directory }: Pick<Product, "directory">): Promise<RawRows> {
  const local = await connectLocalSupabase({
    directory: path.join(directory, ".reasoningbank"),
    migrationsDirectory: path.join(import.meta.dirname, "../../supabase/migrations"),
  })
  return {
    select: async (statement, ...parameters) => {
      const [rows = []] = await local.sql.transaction([{ sql: statement, parameters }])
      return rows
    },
    close: () => local.close(),
  }
}
