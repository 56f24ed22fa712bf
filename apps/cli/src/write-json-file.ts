import { randomUUID } from "node:crypto"
import { rename, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"

/** Writes a file whole or not at all. */
export async function writeJsonFile({ path, value }: { path: string; value: object }) {
  const temporary = join(dirname(path), `.${randomUUID()}.json`)
  try {
    await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`)
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true })
    throw new ReasoningBankError({
      code: "usage",
      message: `The file ${path} can not be written.`,
      hint: "Name a file in an existing directory you may write to.",
      cause,
    })
  }
}
