/** Codes in `embeddings_queue.operation`; others carry no data. */
export const logOperation = { add: 0, update: 1, upsert: 2, delete: 3 } as const

/** A row of the log, without its payload. */
export type LogRow = {
  /** Position in the log. */
  sequence: number
  operation: number
  id: string
  hasVector: boolean
}
