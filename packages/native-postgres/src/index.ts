export { startNativePostgres } from "./start-native-postgres.ts"
