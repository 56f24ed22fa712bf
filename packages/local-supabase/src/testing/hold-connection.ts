import { connectLocalSupabase } from "../connect-local-supabase.ts"

const [directory = "", migrationsDirectory = ""] = process.argv.slice(2)
const say = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`)

const connection = await connectLocalSupabase({
  directory,
  migrationsDirectory,
  log: (text) => say({ kind: "log", text }),
})
say({ kind: "connected", url: connection.url, started: connection.started })
setInterval(() => {}, 1_000)
