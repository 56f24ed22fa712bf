import { isJsonObject, type JsonValue } from "./json-value.ts"

/**
 * JSON as Python's `json.dumps` writes it by default: a space after commas and colons, ASCII only, floats by
 * `float.__repr__`, `NaN` and `Infinity` as they are.
 */
export function pythonJson(value: JsonValue): string {
  if (typeof value === "string") return pythonString(value)
  if (typeof value === "number") return pythonFloat(value)
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`
  if (isJsonObject(value)) {
    const members = Object.keys(value).map(
      (key) => `${pythonString(key)}: ${pythonJson(value[key] ?? null)}`,
    )
    return `{${members.join(", ")}}`
  }
  return String(value)
}

function pythonString(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}

/** Exponents from 1e16 on and below 1e-4, with two digits at least; JavaScript begins later, with one. */
function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Object.is(value, -0)) return "-0.0"
  const [, sign = "", digits = "", exponent = "0"] =
    /^(-?)([\d.]+)e([+-]\d+)$/.exec(value.toExponential()) ?? []
  const power = Number(exponent)
  if (value !== 0 && (power < -4 || power >= 16)) {
    const two = String(Math.abs(power)).padStart(2, "0")
    return `${sign}${digits}e${power < 0 ? "-" : "+"}${two}`
  }
  if (power < 0 && value !== 0) {
    return `${sign}0.${"0".repeat(-power - 1)}${digits.replace(".", "")}`
  }
  const text = String(value)
  return text.includes(".") ? text : `${text}.0`
}
