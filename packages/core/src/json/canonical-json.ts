import { isJsonObject, type JsonValue } from "./json-value.ts"

/**
 * One text for every JSON value that Postgres calls equal: keys sorted, no spaces, numbers by their
 * decimal value (`1`, `1.0` and `1e0` are one). It exists to be hashed and is not itself JSON.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "number" || typeof value === "bigint") return canonicalNumber(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`
  if (isJsonObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`)
    return `{${members.join(",")}}`
  }
  return String(value)
}

/** Digits without trailing zeros and a power of ten: 1200 and 1.2e3 are both `12e2`. */
function canonicalNumber(value: number | bigint): string {
  if (typeof value === "number" && !Number.isFinite(value)) return JSON.stringify(String(value))
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(String(value)) ?? []
  const digits = (whole + fraction).replace(/^0+/, "")
  if (digits === "") return "0"
  const significant = digits.replace(/0+$/, "")
  const power = Number(exponent) - fraction.length + (digits.length - significant.length)
  return `${sign}${significant}e${power}`
}
