export { NativePostgresUnavailable } from "./native-postgres-unavailable.ts"
export type { NativePostgresVersion } from "./postgres-installation.ts"
export {
  type NativePostgres,
  type NativePostgresOptions,
  startNativePostgres,
} from "./start-native-postgres.ts"
