import type { FoundMemoryItem } from "@reasoningbank/supabase"

/** A question and the memories nearest to it. */
export function printSearch({ text, found }: { text: string; found: FoundMemoryItem[] }): string[] {
  return [
    `5. Asked: “${text}”`,
    "",
    ...found.flatMap(({ title, description, similarity, outcome, evolutionStage }) => [
      `  ${similarity?.toFixed(3) ?? "words"}  ${title}`,
      `         ${description ?? ""}`,
      `         learned from a ${outcome ?? "trace of unknown outcome"}, generation ${evolutionStage}`,
    ]),
    "",
  ]
}
