import { readEnvironment } from "./env.ts"

/** A wrong environment stops the server when it starts, not at the first visitor. */
export function register() {
  readEnvironment()
}
