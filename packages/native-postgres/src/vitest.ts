export {
  describeWithNativePostgres,
  type SharedNativePostgres,
} from "./describe-with-native-postgres.ts"
export { mountSmallDiskForTest } from "./mount-small-disk-for-test.ts"
export { startPgbouncerForTest } from "./start-pgbouncer-for-test.ts"
