import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"
import { type JsonObject, objectOrNull } from "@reasoningbank/core"

export type JsonLine = {
  /** From 1. */
  number: number
  text: string
  /** Null when it is no JSON object. */
  value: JsonObject | null
}

/** The lines of a file that are not blank, one in memory at a time. */
export async function* readJsonLines(path: string): AsyncGenerator<JsonLine> {
  const stream = createReadStream(path, "utf8")
  try {
    let number = 0
    for await (const text of createInterface({
      input: stream,
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      number++
      if (text.trim() !== "") yield { number, text, value: objectOrNull(text) }
    }
  } finally {
    stream.destroy()
  }
}
