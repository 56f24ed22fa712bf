import { type Attributes, type Span, SpanStatusCode, trace } from "@opentelemetry/api"
import { isReasoningBankError } from "@reasoningbank/core"
import type { StorageBackend } from "@reasoningbank/core/storage"

const scope = "@reasoningbank/storage"

/**
 * The backend with an OpenTelemetry span around each call: which method, workspace and k, how many results, and
 * the code of an error. Texts and vectors are in no span. Nothing happens unless the program sets tracing up.
 */
export function withTracing({
  backend,
  backendName,
}: {
  backend: StorageBackend
  backendName: string
}): StorageBackend {
  const traced =
    <Input, Output>(method: string, call: (input: Input) => Promise<Output>) =>
    (input: Input): Promise<Output> =>
      trace.getTracer(scope).startActiveSpan(`reasoning_bank.${method}`, async (span) => {
        span.setAttributes({ "db.system.name": backendName, ...describeInput(input) })
        try {
          const output = await call(input)
          span.setAttributes(describeOutput(output))
          return output
        } catch (error) {
          noteFailure({ span, error })
          throw error
        } finally {
          span.end()
        }
      })

  return {
    addTrace: traced("addTrace", backend.addTrace),
    getTrace: traced("getTrace", backend.getTrace),
    getMemory: traced("getMemory", backend.getMemory),
    querySimilarMemories: traced("querySimilarMemories", backend.querySimilarMemories),
    querySimilarTraces: traced("querySimilarTraces", backend.querySimilarTraces),
    searchMemories: traced("searchMemories", backend.searchMemories),
    listMemories: traced("listMemories", backend.listMemories),
    listTraces: traced("listTraces", backend.listTraces),
    getStatistics: traced("getStatistics", backend.getStatistics),
    getGenealogy: traced("getGenealogy", backend.getGenealogy),
    updateMemory: traced("updateMemory", backend.updateMemory),
    deleteMemory: traced("deleteMemory", backend.deleteMemory),
    deleteOldTraces: traced("deleteOldTraces", backend.deleteOldTraces),
    deleteWorkspace: traced("deleteWorkspace", backend.deleteWorkspace),
    markRetrieval: traced("markRetrieval", backend.markRetrieval),
    getRetrieval: traced("getRetrieval", backend.getRetrieval),
    health: backend.health,
    close: backend.close,
  }
}

function describeInput(input: unknown): Attributes {
  if (typeof input !== "object" || input === null) return {}
  const workspace = "workspaceId" in input ? input.workspaceId : undefined
  const k = "k" in input ? input.k : undefined
  return {
    ...(typeof workspace === "string" && { "reasoning_bank.workspace": workspace }),
    ...(typeof k === "number" && { "reasoning_bank.k": k }),
  }
}

function describeOutput(output: unknown): Attributes {
  if (typeof output !== "object" || output === null) return {}
  for (const list of ["memories", "traces", "rows"]) {
    const found: unknown = Reflect.get(output, list)
    if (Array.isArray(found)) return { "reasoning_bank.results": found.length }
  }
  return {}
}

function noteFailure({ span, error }: { span: Span; error: unknown }): void {
  const code = isReasoningBankError(error) ? error.code : "internal"
  span.setAttribute("error.type", code)
  // The message may quote what was searched for.
  span.setStatus({ code: SpanStatusCode.ERROR, message: code })
}
