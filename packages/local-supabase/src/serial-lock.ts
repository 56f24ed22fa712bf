/** Runs one task at a time, in the order they came. */
export type SerialLock = <Result>(task: () => Promise<Result>) => Promise<Result>

/**
 * PGlite is one session: without this, `begin`, `set role` and the query of two requests interleave
 * and one user sees the rows of another. Never call the lock from inside a task.
 */
export function createSerialLock(): SerialLock {
  let tail: Promise<unknown> = Promise.resolve()
  return (task) => {
    const result = tail.then(task, task)
    tail = result.catch(() => undefined)
    return result
  }
}
