import { ReasoningBankError } from "@reasoningbank/core"

const hyphen = 0x2d
const hyphenPositions = [8, 13, 18, 23]
const bytePositions = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]

/** Value of a hexadecimal digit by its character code; above 15 for any other character. */
const digitValues = new Uint8Array(128).fill(255)
for (const digit of "0123456789abcdefABCDEF") {
  digitValues[digit.charCodeAt(0)] = Number.parseInt(digit, 16)
}

/** Writes the 16 bytes of `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`; returns the offset after them. */
export function writeUuid({
  text,
  buffer,
  offset,
}: {
  text: string
  buffer: Buffer
  offset: number
}): number {
  let isUuid = text.length === 36
  for (const position of hyphenPositions) isUuid &&= text.charCodeAt(position) === hyphen
  let target = offset
  for (const position of bytePositions) {
    const high = digitValues[text.charCodeAt(position)] ?? 255
    const low = digitValues[text.charCodeAt(position + 1)] ?? 255
    isUuid &&= high < 16 && low < 16
    buffer[target++] = high * 16 + low
  }
  if (!isUuid) {
    throw new ReasoningBankError({
      code: "target:row_refused",
      message: `An id must be a UUID; given: ${JSON.stringify(text.slice(0, 80))}`,
      hint: "Give ids that are no UUID a derived one and keep the original as sourceId.",
    })
  }
  return target
}
