export type LocalSqlErrorFields = {
  /** SQLSTATE, for example `23505`. */
  code: string
  message: string
  detail?: string | undefined
  hint?: string | undefined
  /** PL/pgSQL call stack or the COPY line. */
  where?: string | undefined
  constraint?: string | undefined
  /** Which statement of the transaction failed, from 0; the number of statements when the commit did. */
  statementIndex: number
}

/** What Postgres answered to a statement of `sql.transaction`; nothing of that transaction was kept. */
export class LocalSqlError extends Error {
  override readonly name = "LocalSqlError"
  readonly code: string
  readonly detail: string | undefined
  readonly hint: string | undefined
  readonly where: string | undefined
  readonly constraint: string | undefined
  readonly statementIndex: number

  constructor(fields: LocalSqlErrorFields) {
    super(fields.message)
    this.code = fields.code
    this.detail = fields.detail
    this.hint = fields.hint
    this.where = fields.where
    this.constraint = fields.constraint
    this.statementIndex = fields.statementIndex
  }
}
