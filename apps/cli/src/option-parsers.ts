import { InvalidArgumentError } from "commander"

const maximumBatchSize = 20_000
/** The limit of the table `workspaces`. */
const maximumWorkspaceIdBytes = 2_048

/** Rows a transaction. */
export function parseBatchSize(text: string): number {
  const size = Number(text)
  if (!Number.isInteger(size) || size < 1 || size > maximumBatchSize) {
    throw new InvalidArgumentError(`Give a whole number from 1 to ${maximumBatchSize}.`)
  }
  return size
}

/** Of the caller's choice, within what the table `workspaces` takes. */
export function parseWorkspace(id: string): string {
  if (id === "" || Buffer.byteLength(id) > maximumWorkspaceIdBytes) {
    throw new InvalidArgumentError(`Give an id of 1 to ${maximumWorkspaceIdBytes} bytes.`)
  }
  return id
}

/** UTC where TZ is empty or names no zone, as the C library has it. */
export function machineTimezone(): string {
  const zone: string | undefined = Intl.DateTimeFormat().resolvedOptions().timeZone
  try {
    return zone === undefined ? "UTC" : parseTimezone(zone)
  } catch {
    return "UTC"
  }
}

/** The IANA name of a zone that is known. */
export function parseTimezone(text: string): string {
  try {
    return Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone
  } catch {
    throw new InvalidArgumentError("Give an IANA name such as UTC or Europe/Berlin.")
  }
}

/** Makes a parser of whole numbers from `least` to `most`. */
export function wholeNumber({ least, most }: { least: number; most: number }) {
  return (text: string): number => {
    const number = Number(text)
    if (Number.isInteger(number) && number >= least && number <= most) return number
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`)
  }
}
