const texts: Record<string, string> = {
  workspace_assigned: "name no workspace and go to the default one",
  dangling_link: "links lead to rows the source does not have; they are kept",
  embedding_missing: "memory items have no vector in the source",
  embedding_other_dimension: "vectors are not 384 long; they are kept beside the row",
  embedding_not_finite: "vectors hold NaN or an infinity; they are kept beside the row",
  duplicate_merged: "repeat another one and were merged with it",
  edited_in_target: "were edited in the target since; the edits stay",
  not_in_traces_file: "traces are in Chroma only: no trajectory, no memory items",
  not_in_chroma: "traces are in traces.json only: no vector",
  traces_file_truncated: "place where traces.json is cut off; the traces before it were read",
  may_be_cut: "tasks have exactly 500 characters, where the original program cuts them",
  missing_field: "lack a field that is usually there",
  too_short: "texts are shorter than the original program allows",
  too_long: "texts are longer than the original program allows",
  too_many: "have more tags than the original program allows",
  unknown_value: "have an outcome or a difficulty nobody knows; it is kept",
  unreadable_timestamp: "times can not be read; their text is kept",
  unstorable_characters: "texts hold NUL or half a character; the original is in the notes",
  non_finite_number: "numbers are NaN or infinite; stored as text",
  truncated_json: "memory items were cut in the source and recovered",
  not_utf8: "traces are not UTF-8; read as Windows-1252",
  disagrees_with_record: "say one thing in two ways; both are kept",
  disagrees_with_trace: "tell another task or outcome than their trace; both are kept",
  pgvector_outdated: "fixes are not in the target's pgvector; the report names them",
  id_taken: "memory items name an id that is taken; they got one of their own",
}

/** What a warning code of a report means, after "12 …". The codes are listed in docs/migrate.md. */
export function warningText(code: string): string {
  return texts[code] ?? "have an unusual value; it is kept in the row's notes"
}
