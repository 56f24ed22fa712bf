export {
  describeWithNativePostgres,
  type SharedNativePostgres,
} from "./describe-with-native-postgres.ts"
export { startPgbouncerForTest } from "./start-pgbouncer-for-test.ts"
