export { type OpenSqliteFile, openSqliteFile } from "./open-sqlite-file.ts"
export {
  damagedDatabase,
  type SqliteDatabase,
  type SqliteValue,
  toSqliteError,
} from "./sqlite-database.ts"
