/** The address of a page narrowed to these days, all else in it kept; undefined when a day is missing. */
export function zoomedAddress({
  address,
  from,
  to,
}: {
  address: string
  from: string | undefined
  to: string | undefined
}): string | undefined {
  if (from === undefined || to === undefined) return undefined
  const { pathname, searchParams } = new URL(address)
  searchParams.set("from", from)
  searchParams.set("to", to)
  return `${pathname}?${searchParams}`
}
