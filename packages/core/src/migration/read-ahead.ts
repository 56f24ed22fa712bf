/** Starts on the next value while the caller still works on this one. One value ahead, never more. */
export async function* readAhead<Value>(values: AsyncIterable<Value>): AsyncGenerator<Value> {
  const iterator = values[Symbol.asyncIterator]()
  let next = iterator.next()
  // A failure while the caller is busy must wait for its turn, not crash the process.
  next.catch(() => {})
  try {
    for (;;) {
      const result = await next
      if (result.done) return
      next = iterator.next()
      next.catch(() => {})
      yield result.value
    }
  } finally {
    await iterator.return?.()
  }
}
