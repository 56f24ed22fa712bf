import { randomUUID } from "node:crypto"
import { access, constants, rename, rm, stat, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"

/** Writes a file whole or not at all. */
export async function writeJsonFile({ path, value }: { path: string; value: object }) {
  await writeTextFile({ path, text: `${JSON.stringify(value, null, 2)}\n` })
}

/** Writes a file whole or not at all. */
export async function writeTextFile({ path, text }: { path: string; text: string }) {
  const temporary = join(dirname(path), `.${randomUUID()}.partial`)
  try {
    await writeFile(temporary, text)
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true })
    throw notWritable({ path, cause })
  }
}

/** Raises `usage` unless a file can be written at `path`: better told before a long run than after it. */
export async function assertWritable(path: string) {
  try {
    await access(dirname(path), constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw notWritable({ path, cause })
  }
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (isDirectory) throw notWritable({ path, cause: new Error("it is a directory") })
}

function notWritable({ path, cause }: { path: string; cause: unknown }): ReasoningBankError {
  return new ReasoningBankError({
    code: "usage",
    message: `The file ${path} can not be written.`,
    hint: "Name a file in an existing directory you may write to.",
    cause,
  })
}
