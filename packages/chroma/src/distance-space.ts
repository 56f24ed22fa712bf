import { isJsonObject, type JsonValue, parseJson } from "@reasoningbank/core"

export type DistanceSpace = "l2" | "cosine" | "ip"

/**
 * Finds the distance space of a collection: the schema (since 1.3), else the configuration (since
 * 1.0); where those say `l2` or nothing, what the segment's metadata says; else `l2`. The
 * configuration that 0.5.4 to 0.6 wrote says `l2` for every collection and is passed over.
 *
 * Null when something stands there that no release writes. It matters: a cosine index read as
 * another one, or the other way round, gives wrong vectors.
 */
export function findDistanceSpace({
  schema,
  configuration,
  segmentSpace,
}: {
  /** Column `collections.schema_str`. */
  schema: string | null
  /** Column `collections.config_json_str`. */
  configuration: string | null
  /** Value of `hnsw:space` in `segment_metadata`; undefined when there is none. */
  segmentSpace: string | null | undefined
}): DistanceSpace | null {
  const configured = spaceOfSchema(schema) ?? spaceOfConfiguration(configuration)
  if (configured === "cosine" || configured === "ip") return configured
  if (segmentSpace !== undefined) return toSpace(segmentSpace)
  return configured === "unreadable" ? null : "l2"
}

type Finding = DistanceSpace | "unreadable" | undefined

function spaceOfSchema(schema: string | null): Finding {
  if (schema === null) return undefined
  const path = ["keys", "#embedding", "float_list", "vector_index", "config", "space"]
  return toSpace(valueAt({ value: parse(schema), path })) ?? "unreadable"
}

function spaceOfConfiguration(text: string | null): Finding {
  if (text === null) return undefined
  const configuration = parse(text)
  if (!isJsonObject(configuration)) return "unreadable"
  const isLegacy = "hnsw_configuration" in configuration
  if (isLegacy || Object.keys(configuration).length === 0) return undefined
  const index = configuration.vector_index
  const kind = isJsonObject(index) && "spann" in index ? "spann" : "hnsw"
  return toSpace(valueAt({ value: index, path: [kind, "space"] })) ?? "unreadable"
}

function parse(text: string): JsonValue | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

function valueAt({ value, path }: { value: JsonValue | undefined; path: string[] }) {
  let current = value
  for (const key of path) current = isJsonObject(current) ? current[key] : undefined
  return current
}

function toSpace(value: JsonValue | undefined): DistanceSpace | null {
  return value === "l2" || value === "cosine" || value === "ip" ? value : null
}
