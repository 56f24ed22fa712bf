import { ReasoningBankError } from "@reasoningbank/core"

const shape = "0000-00-00T00:00:00.000000Z"
const zero = 0x30
const daysFromMarch0000To2000 = 730_425

/**
 * Microseconds since 2000-01-01 UTC of `YYYY-MM-DDTHH:MM:SS.ffffffZ`: what a `timestamptz` is inside
 * (https://www.postgresql.org/docs/current/datatype-datetime.html).
 */
export function parseInstant(text: string): bigint {
  if (!hasShape(text)) throw notInstant(text)
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  const hour = digits(text, 11, 2)
  const minute = digits(text, 14, 2)
  const second = digits(text, 17, 2)
  const isDate = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  if (!isDate || hour > 23 || minute > 59 || second > 59) throw notInstant(text)
  const seconds = daysSince2000(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
  return BigInt(seconds) * 1_000_000n + BigInt(digits(text, 20, 6))
}

function hasShape(text: string): boolean {
  if (text.length !== shape.length) return false
  for (let index = 0; index < shape.length; index++) {
    const expected = shape.charCodeAt(index)
    const difference = text.charCodeAt(index) - expected
    if (expected === zero ? difference < 0 || difference > 9 : difference !== 0) return false
  }
  return true
}

function digits(text: string, start: number, count: number): number {
  let value = 0
  for (let index = start; index < start + count; index++) {
    value = value * 10 + text.charCodeAt(index) - zero
  }
  return value
}

/** Years are counted from March, so that the leap day is the last one. */
function daysSince2000(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const monthsSinceMarch = (month + 9) % 12
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  const daysBeforeMonth = Math.floor((monthsSinceMarch * 153 + 2) / 5)
  return marchYear * 365 + leapDays + daysBeforeMonth + day - 1 - daysFromMarch0000To2000
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

function notInstant(text: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "target:row_refused",
    message: `A timestamp must look like 2025-01-31T23:59:59.000000Z; given: ${JSON.stringify(text.slice(0, 80))}`,
    hint: "Convert it to UTC with microseconds.",
  })
}
