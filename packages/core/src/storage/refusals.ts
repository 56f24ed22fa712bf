import { ReasoningBankError } from "../errors.ts"
import { describeValue } from "./plain-json.ts"

/** The error for an id that is taken. */
export function conflict({
  kind,
  id,
}: {
  kind: "trace" | "memory item"
  id: string
}): ReasoningBankError {
  const what =
    kind === "trace"
      ? "has a trace with this id and other content"
      : "has a memory item with this id already, of another trace or twice in this one"
  return new ReasoningBankError({
    code: "storage:conflict",
    message: `The ${kind} ${describeValue(id)} was not stored: the workspace ${what}.`,
    hint: "Nothing was written. Give another id, or change the row that is there with updateMemory.",
  })
}

/** The error for a workspace whose name was not typed right. */
export function wrongWorkspaceName({
  workspaceId,
  name,
}: {
  workspaceId: string
  name: string
}): ReasoningBankError {
  return new ReasoningBankError({
    code: "usage",
    message: `The workspace ${describeValue(workspaceId)} was not deleted: ${describeValue(name)} was typed, which is not its name.`,
    hint: "Type the workspace's name, or its id where it was never given a name.",
  })
}
