/** The path a page was asked for, told by proxy.ts: a layout does not learn it otherwise. */
export const pathHeader = "x-request-path"
