export { type NativePostgres, startNativePostgres } from "./start-native-postgres.ts"
