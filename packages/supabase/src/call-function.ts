import type { Database } from "./database.types.ts"

type Functions = Database["public"]["Functions"]

/** Calls a function of ours; returns the text it returns. */
export type CallFunction = <Name extends keyof Functions>(
  name: Name,
  parameters: Functions[Name]["Args"],
) => Promise<string>
