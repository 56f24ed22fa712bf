import { ReasoningBankError } from "../errors.ts"
import type { Census } from "../interpretation/census.ts"
import { sameTimezone } from "../interpretation/source-timestamp.ts"
import type { TracesFile } from "../interpretation/traces-file.ts"
import type { MigrationTarget } from "../migration-target.ts"

/** Raises `source:not_reasoning_bank`, naming what was found, unless something is to be moved. */
export function refuseForeignData({
  census,
  tracesFile,
}: {
  census: Census
  tracesFile: TracesFile | null
}) {
  if (census.moved.length > 0 || (tracesFile?.entries ?? []).some(({ id }) => id !== null)) return
  const found = census.left.map(
    ({ collection, records }) => `${quote(collection.name)} (${quantity(records, "record")})`,
  )
  throw new ReasoningBankError({
    code: "source:not_reasoning_bank",
    message: `The source is readable, but holds no ReasoningBank data. It has ${quantity(found.length, "collection")}: ${found.join(", ")}.`,
    hint: "A ReasoningBank record has the metadata memory_data (one a memory item) or num_memories and outcome (one a trace).",
  })
}

/** Raises `run:refused` when this source was migrated with its naive times read in another zone. */
export async function refuseOtherTimezone({
  target,
  identity,
  sourceTimezone,
}: {
  target: MigrationTarget
  identity: string
  sourceTimezone: string
}) {
  const previous = await target.findLatestRun(identity)
  if (previous === null || sameTimezone(previous.sourceTimezone, sourceTimezone)) return
  throw new ReasoningBankError({
    code: "run:refused",
    message: `This source was migrated before with its times read in ${previous.sourceTimezone}, now they would be read in ${sourceTimezone}.`,
    hint: `Run again with --source-timezone ${previous.sourceTimezone}.`,
  })
}

function quote(name: string): string {
  return JSON.stringify(name)
}

function quantity(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`
}
