export { connectLocalSupabase, type LocalSupabaseConnection } from "./connect-local-supabase.ts"
export { LocalSupabaseError } from "./local-supabase-error.ts"
export { prepareNativeDatabase } from "./prepare-native-database.ts"
export { type LocalSupabase, startLocalSupabase } from "./start-local-supabase.ts"
