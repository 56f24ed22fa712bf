export {
  type ConnectLocalSupabaseSettings,
  connectLocalSupabase,
  type LocalSupabaseConnection,
} from "./connect-local-supabase.ts"
export { createLocalSqlClient, type LocalSqlClient } from "./create-local-sql-client.ts"
export { LocalSqlError } from "./local-sql-error.ts"
export { LocalSupabaseError, type LocalSupabaseErrorCode } from "./local-supabase-error.ts"
export type { Mail, MailFolder } from "./mail-folder.ts"
export {
  type PrepareNativeDatabaseSettings,
  prepareNativeDatabase,
} from "./prepare-native-database.ts"
export {
  type LocalSupabase,
  type StartLocalSupabaseSettings,
  startLocalSupabase,
} from "./start-local-supabase.ts"
