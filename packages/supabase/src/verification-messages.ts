import type {
  JsonValue,
  MigratedRowKey,
  MigratedSource,
  NearestAnswers,
  Neighbour,
  OpenLink,
  RowExplanation,
  RowKind,
} from "@reasoningbank/core"
import { jsonFields } from "./json-fields.ts"

const kinds = ["trace", "memory_item"] as const satisfies readonly RowKind[]

/** What `describe_migrated_source` returns. */
export function parseMigratedSource(answer: JsonValue): MigratedSource {
  const fields = jsonFields(answer)
  return {
    runs: fields.list("runs").map((run) => {
      const { text } = jsonFields(run)
      return { id: text("id"), status: text("status"), startedAt: text("started_at") }
    }),
    sourceTimezone: fields.textOrNull("source_timezone"),
    defaultWorkspaceId: fields.textOrNull("default_workspace"),
    refusedSourceIds: fields.textsOrNull("refused") ?? [],
  }
}

/** What `list_migrated_rows` returns. */
export function parseMigratedRowKeys(answer: JsonValue): MigratedRowKey[] {
  return listOf(answer).map((row) => ({
    workspaceId: jsonFields(row).text("0"),
    id: jsonFields(row).text("1"),
    traceIsMissing: jsonFields(row).value("2") === true,
  }))
}

/** What `explain_changed_rows` returns. */
export function parseExplanations(answer: JsonValue): RowExplanation[] {
  return listOf(answer).map((row) => {
    const fields = jsonFields(row)
    return {
      workspaceId: fields.text("0"),
      id: fields.text("1"),
      updatedAt: fields.textOrNull("2"),
      wasWrittenSince: fields.value("3") === true,
      isArchived: fields.value("4") === true,
    }
  })
}

/** What `list_open_links` returns. */
export function parseOpenLinks(answer: JsonValue): {
  links: number
  next: JsonValue
  open: OpenLink[]
} {
  const fields = jsonFields(answer)
  return {
    links: fields.integer("links"),
    next: plain(fields.value("next")),
    open: fields.list("open").map((link) => {
      const { text, oneOf, value } = jsonFields(link)
      return {
        childKind: oneOf<RowKind>("child_kind", kinds),
        childId: text("child_id"),
        relation: text("relation"),
        targetKind: oneOf<RowKind>("target_kind", kinds),
        targetId: text("target_id"),
        childIsMissing: value("child_is_missing") === true,
        targetIsMissing: value("target_is_missing") === true,
      }
    }),
  }
}

/** What `compare_nearest` returns. */
export function parseNearestAnswers(answer: JsonValue): NearestAnswers {
  const fields = jsonFields(answer)
  const index = fields.value("index")
  return {
    exact: fields.list("exact").map(parseNeighbour),
    found: fields.list("found").map(parseNeighbour),
    index:
      index === null
        ? null
        : {
            asked: jsonFields(members(index)).integer("0"),
            found: jsonFields(members(index)).integer("1"),
          },
  }
}

function parseNeighbour(value: JsonValue): Neighbour {
  const fields = jsonFields(members(value))
  return { id: fields.text("0"), distance: Number(fields.value("1")) }
}

function listOf(answer: JsonValue): JsonValue[] {
  return jsonFields({ list: answer }).list("list").map(members)
}

/** A list as an object with the members "0", "1", … */
function members(value: JsonValue): JsonValue {
  return Array.isArray(value) ? Object.fromEntries(value.entries()) : value
}

/** As JSON.stringify takes it. */
function plain(value: JsonValue): JsonValue {
  return Array.isArray(value)
    ? value.map((member) => (typeof member === "bigint" ? Number(member) : member))
    : value
}
