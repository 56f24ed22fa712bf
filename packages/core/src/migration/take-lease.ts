import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { ReasoningBankError } from "../errors.ts"
import type { HeldRun, Lease, RunStart } from "../migration-journal.ts"
import { describeThisProcess, isKnownDead } from "./this-process.ts"

const pollEveryMs = 1_000

export type TakenLease = { token: string; start: Exclude<RunStart, HeldRun> }

/**
 * Asks for the right to write. A process that is known to be dead is taken over from at once; another one is waited for
 * until its lease runs out or it renews it, which proves that it lives.
 *
 * @throws {ReasoningBankError} `run:refused` naming the process that is at it.
 */
export async function takeLease({
  ask,
  signal,
  onWaiting,
}: {
  ask: (lease: Lease) => Promise<RunStart>
  signal?: AbortSignal | undefined
  /** Told once, before the first wait. */
  onWaiting?: ((held: HeldRun) => void) | undefined
}): Promise<TakenLease> {
  const lease: Lease = { token: randomUUID(), holder: describeThisProcess(), takenOver: null }
  let first: HeldRun | null = null
  for (;;) {
    const start = await ask(lease)
    if (start.outcome !== "held") return { token: lease.token, start }
    if (isKnownDead(start.holder) && lease.takenOver !== start.token) {
      lease.takenOver = start.token
      continue
    }
    if (first !== null && (start.token !== first.token || start.expiresAt !== first.expiresAt)) {
      throw heldBy(start)
    }
    if (first === null) onWaiting?.(start)
    first = start
    await sleep(Math.min(pollEveryMs, start.expiresInMs + 50), null, {
      signal: signal ?? undefined,
    })
  }
}

function heldBy({ runId, holder }: HeldRun): ReasoningBankError {
  const who =
    holder === null ? "another process" : `process ${holder.pid} on ${holder.host.split(" ")[0]}`
  return new ReasoningBankError({
    code: "run:refused",
    message: `This source is being migrated already, by ${who} (run ${runId}).`,
    hint: "Wait until it is done, or stop it and run this again; `pnpm migrate runs` shows how far it is.",
  })
}
