export { createSupabaseCli, type SupabaseCli } from "./create-supabase-cli.ts"
