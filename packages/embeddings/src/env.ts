import { homedir } from "node:os"
import { join } from "node:path"

/** What the environment says about the model's files; arguments go before it. */
export function readModelEnvironment(): {
  modelDirectory: string | undefined
  hubEndpoint: string | undefined
  cacheHome: string
} {
  return {
    modelDirectory: readText("REASONING_BANK_MODEL_DIRECTORY"),
    hubEndpoint: readText("HF_ENDPOINT"),
    cacheHome: readText("XDG_CACHE_HOME") ?? join(homedir(), ".cache"),
  }
}

function readText(name: string): string | undefined {
  const value = process.env[name]?.trim()
  return value === "" ? undefined : value
}
