import { createLoader, createSerializer, parseAsNativeArrayOf, parseAsString } from "nuqs/server"

/** The filters of the traces in the address, as those of the memories. */
export const traceParams = {
  outcome: parseAsNativeArrayOf(parseAsString).withDefault([]),
  domain: parseAsNativeArrayOf(parseAsString).withDefault([]),
  from: parseAsString,
  to: parseAsString,
}

export const loadTraceParams = createLoader(traceParams)

export const serializeTraceParams = createSerializer(traceParams)
