import type { ForeignDialect, JsonObject } from "@reasoningbank/core"

const signatures: { dialect: ForeignDialect; keys: string[] }[] = [
  { dialect: "google", keys: ["task_id", "query", "memory_items"] },
  { dialect: "gzmomo001", keys: ["id", "query", "status", "memory_items"] },
  { dialect: "budprat", keys: ["task_query", "memory_items"] },
  { dialect: "la3d", keys: ["memory_id", "source_type", "content"] },
  { dialect: "hanw39", keys: ["memory_id", "agent_id", "content"] },
  { dialect: "reasoning-bank-slm", keys: ["source_problem_id", "title", "content"] },
]

/** The program that writes records with these keys; null when it is none that is known. */
export function dialectOfObject(record: JsonObject): ForeignDialect | null {
  const found = signatures.find(({ keys }) => keys.every((key) => Object.hasOwn(record, key)))
  return found?.dialect ?? null
}
