export { fetchOnce } from "./fetch-once.ts"
export { runCommand } from "./run-command.ts"
export { startNativePostgres } from "./start-native-postgres.ts"
export { startPgbouncer } from "./start-pgbouncer.ts"
