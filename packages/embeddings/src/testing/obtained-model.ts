import { isReasoningBankError } from "@reasoningbank/core"
import type { ModelPaths } from "../find-model.ts"
import type { Precision } from "../model-files.ts"
import { obtainModel } from "../obtain-model.ts"

/** The model's files, or why a test can not run; where tests must run, no model is an error. */
export async function obtainedModel({
  precision = "fp32",
  isRequired,
}: {
  precision?: Precision
  isRequired: boolean
}): Promise<{ paths: ModelPaths; skipReason: "" } | { paths: null; skipReason: string }> {
  try {
    const paths = await obtainModel({ precision, hubEndpoint: null })
    return { paths, skipReason: "" }
  } catch (error) {
    if (isRequired || !isReasoningBankError(error)) throw error
    return { paths: null, skipReason: `did not run: ${error.message} ${error.hint}` }
  }
}
