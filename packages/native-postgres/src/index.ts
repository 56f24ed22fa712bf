export { startNativePostgres } from "./start-native-postgres.ts"
export { startPgbouncer } from "./start-pgbouncer.ts"
