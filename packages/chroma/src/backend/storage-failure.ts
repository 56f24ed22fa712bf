import { type ErrorCode, isReasoningBankError, ReasoningBankError } from "@reasoningbank/core"

const meanings: { [code: string]: { code: ErrorCode; hint: string } } = {
  "source:unreachable": {
    code: "storage:unreachable",
    hint: "Check that the Chroma server runs and that its address is right.",
  },
  "source:refused": {
    code: "storage:refused",
    hint: "Give the server's token, header or user and password, of somebody who may read and write this tenant and database.",
  },
}
const otherMeaning = {
  code: "storage:unsupported" as const,
  hint: "Check that the address is a Chroma server of version 1.0 or later, and that nobody deletes its collections.",
}

/** Runs work on a Chroma server; what fails there is told as a failure of storage. */
export async function asStorage<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!isReasoningBankError(error) || !error.code.startsWith("source:")) throw error
    const { code, hint } = meanings[error.code] ?? otherMeaning
    throw new ReasoningBankError({ code, message: error.message, hint, cause: error })
  }
}

/** Every method of a driver, with failures told as failures of storage. */
export function withStorageFailures<Driver extends object>(driver: Driver): Driver {
  return new Proxy(driver, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== "function") return member
      return (...given: unknown[]) => asStorage(async () => Reflect.apply(member, target, given))
    },
  })
}
