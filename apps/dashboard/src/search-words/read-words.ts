/** The words a query looks for, lower case: without its exclusions, operators and quotation marks. */
export function readWords(query: string): string[] {
  const words = query.toLowerCase().match(/(?:^|\s)-\S+|[\p{L}\p{N}_]+/gu) ?? []
  return [...new Set(words)].filter((word) => !/^\s*-/.test(word) && word !== "or")
}
