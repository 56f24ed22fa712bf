import { join } from "node:path"
import type { ChromaBackendSettings } from "@reasoningbank/chroma"
import { ReasoningBankError } from "@reasoningbank/core"
import type { BackendSettings, StorageBackend } from "@reasoningbank/core/storage"
import type {
  SupabaseBackendSettings,
  SupabaseUserBackendSettings,
} from "@reasoningbank/supabase/backend"
import type { StorageEnvironment } from "./env.ts"

/** What each backend is opened with; what is left out comes from the environment. */
export type StorageSettings = {
  /** A Chroma server by its `url`, or one that is started on a `directory`. */
  chromadb: BackendSettings &
    Partial<Omit<ChromaBackendSettings, "url" | "directory">> & { url?: string; directory?: string }
  /** A Supabase project with its secret key, or as a signed-in user with `publishableKey` and `accessToken`. */
  supabase: Partial<SupabaseBackendSettings> &
    Partial<Pick<SupabaseUserBackendSettings, "publishableKey" | "accessToken">>
  /** The embedded Supabase of a directory, started when it does not run. */
  local: BackendSettings & {
    /** @default ".reasoningbank" */
    directory?: string
    /** The SQL files of the schema. @default the ones of this repository */
    migrationsDirectory?: string
  }
}

export type StorageName = keyof StorageSettings

type Loader<Settings> = (given: {
  settings: Settings
  environment: StorageEnvironment
}) => Promise<StorageBackend>

const defaultChromaDirectory = "./chroma_data"
const defaultLocalDirectory = ".reasoningbank"

/** Each imports its adapter when it is called, so that a program loads the one it uses. */
export const backendLoaders: { [Name in StorageName]: Loader<StorageSettings[Name]> } = {
  async chromadb({ settings, environment }) {
    const { createChromaBackend } = await import("@reasoningbank/chroma")
    const { url, directory, ...others } = settings
    const common = {
      ...(environment.CHROMA_TOKEN !== undefined && { token: environment.CHROMA_TOKEN }),
      ...(environment.COLLECTION_NAME !== undefined && {
        collectionName: environment.COLLECTION_NAME,
      }),
      ...others,
    }
    const address = url ?? (directory === undefined ? environment.CHROMA_URL : undefined)
    if (address !== undefined) return createChromaBackend({ ...common, url: address })
    const place = directory ?? environment.REASONING_BANK_DATA ?? defaultChromaDirectory
    return createChromaBackend({ ...common, directory: place })
  },

  async supabase({ settings, environment }) {
    const { createSupabaseBackend, createSupabaseUserBackend } = await import(
      "@reasoningbank/supabase/backend"
    )
    const { publishableKey, accessToken, ...others } = settings
    const supabaseUrl = required({
      value: others.supabaseUrl ?? environment.SUPABASE_URL,
      setting: "supabaseUrl",
      variable: "SUPABASE_URL",
    })
    const common = { ...others, supabaseUrl }
    if (publishableKey !== undefined && accessToken !== undefined) {
      return createSupabaseUserBackend({ ...common, publishableKey, accessToken })
    }
    const supabaseKey = required({
      value: others.supabaseKey ?? environment.SUPABASE_KEY,
      setting: "supabaseKey, or publishableKey and accessToken",
      variable: "SUPABASE_KEY",
    })
    return createSupabaseBackend({ ...common, supabaseKey })
  },

  async local({ settings }) {
    const [{ connectLocalSupabase }, { createSupabaseBackend }] = await Promise.all([
      import("@reasoningbank/local-supabase"),
      import("@reasoningbank/supabase/backend"),
    ])
    const {
      directory = defaultLocalDirectory,
      migrationsDirectory = ownMigrations,
      ...others
    } = settings
    const connection = await connectLocalSupabase({ directory, migrationsDirectory })
    const { url: supabaseUrl, secretKey: supabaseKey } = connection
    const backend = createSupabaseBackend({ ...others, supabaseUrl, supabaseKey })
    return {
      ...backend,
      async close() {
        await backend.close()
        await connection.close()
      },
    }
  },
}

const ownMigrations = join(import.meta.dirname, "../../../supabase/migrations")

function required({
  value,
  setting,
  variable,
}: {
  value: string | undefined
  setting: string
  variable: string
}): string {
  if (value !== undefined) return value
  throw new ReasoningBankError({
    code: "usage",
    message: `The backend supabase needs ${setting}, and ${variable} is not set either.`,
    hint: "Give the setting or set the variable; both are in the project's settings under API keys.",
  })
}
