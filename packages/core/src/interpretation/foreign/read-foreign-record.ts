import { isJsonObject } from "../../json/json-value.ts"
import { JsonSyntaxError, parseJson } from "../../json/parse-json.ts"
import type { SourceRecord } from "../../memory-source.ts"
import type { ForeignDialect } from "../dialect.ts"
import { readAgenticFlowRecord } from "./agentic-flow.ts"
import { readBudpratRecord } from "./budprat.ts"
import type { ForeignReading, ForeignRecord } from "./foreign-telling.ts"
import { readGoogleRecord } from "./google.ts"
import { readGzmomo001Record } from "./gzmomo001.ts"
import { readHanw39Record } from "./hanw39.ts"
import { readLa3dRecord } from "./la3d.ts"
import { readOriginalRecord } from "./original.ts"
import { readSlmRecord } from "./reasoning-bank-slm.ts"

export type ProgramDialect = Exclude<ForeignDialect, "reject">

const readers: Record<ProgramDialect, (record: ForeignRecord) => ForeignReading> = {
  google: readGoogleRecord,
  hanw39: readHanw39Record,
  budprat: readBudpratRecord,
  "reasoning-bank-slm": readSlmRecord,
  gzmomo001: readGzmomo001Record,
  la3d: readLa3dRecord,
  "agentic-flow": readAgenticFlowRecord,
  original: readOriginalRecord,
}

/** What a record of another program tells. A record without fields has its JSON text as the document. */
export function readForeignRecord({
  record,
  dialect,
}: {
  record: SourceRecord
  dialect: ProgramDialect
}): ForeignReading {
  if (record.metadata !== null) return readers[dialect]({ ...record, metadata: record.metadata })
  try {
    const metadata = parseJson(record.document ?? "")
    if (isJsonObject(metadata)) return readers[dialect]({ ...record, metadata })
    return { reason: "it is JSON, but no object" }
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    return {
      reason: `it ${error.truncated ? "is cut off" : "is not valid JSON"}: ${error.message}`,
    }
  }
}
