import { TooMuchAtOnce } from "./unwrap-response.ts"

/** Runs a task on all items, or on ever smaller halves, in order, while it is too much at once. */
export async function inHalves<Item, Result>({
  items,
  task,
}: {
  items: readonly Item[]
  task: (items: readonly Item[]) => Promise<Result[]>
}): Promise<Result[]> {
  try {
    return await task(items)
  } catch (error) {
    if (!(error instanceof TooMuchAtOnce)) throw error
    if (items.length <= 1) throw error.explained
    const middle = Math.ceil(items.length / 2)
    const first = await inHalves({ items: items.slice(0, middle), task })
    const second = await inHalves({ items: items.slice(middle), task })
    return [...first, ...second]
  }
}
