import { z } from "zod"

const text = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === "" ? undefined : value.trim()))

const variables = z.object({
  NEXT_PUBLIC_SUPABASE_URL: z.url({
    protocol: /^https?$/,
    error:
      "expected the address of a Supabase project, such as https://PROJECT_REF.supabase.co; `pnpm dev` sets the local one",
  }),
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: z
    .string({ error: "expected the project's publishable key" })
    .startsWith("sb_publishable_", {
      error: "expected a publishable key (sb_publishable_…); a secret key has no place here",
    }),
  /** A running Chroma that the playground compares with; only this server ever talks to it. */
  CHROMA_URL: text.pipe(
    z
      .url({ protocol: /^https?$/, error: "expected an address such as http://localhost:8000" })
      .optional(),
  ),
  CHROMA_TOKEN: text,
  /** "github" shows that button. */
  AUTH_PROVIDERS: text,
  /** Where the embedded server writes its mails; set by `pnpm dev` and `pnpm demo` alone. */
  LOCAL_MAILS_DIRECTORY: text,
  NODE_ENV: text,
})

export type Environment = {
  supabaseUrl: string
  publishableKey: string
  /** Null where there is no Chroma to compare with. */
  chroma: { url: string; token: string | undefined } | null
  hasGithubLogin: boolean
  localMailsDirectory: string | undefined
  isDevelopment: boolean
}

let environment: Environment | undefined

/**
 * The settings of this server, read when it runs: one build serves any project. Throws naming what is wrong.
 */
export function readEnvironment(): Environment {
  environment ??= parseEnvironment(process.env)
  return environment
}

function parseEnvironment(values: Record<string, string | undefined>): Environment {
  const parsed = variables.safeParse(values)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`)
    throw new Error(`The dashboard can not start with this environment:\n${faults.join("\n")}`)
  }
  const { data } = parsed
  return {
    supabaseUrl: data.NEXT_PUBLIC_SUPABASE_URL,
    publishableKey: data.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY,
    chroma:
      data.CHROMA_URL === undefined ? null : { url: data.CHROMA_URL, token: data.CHROMA_TOKEN },
    hasGithubLogin: (data.AUTH_PROVIDERS ?? "").split(",").some((name) => name.trim() === "github"),
    localMailsDirectory: data.LOCAL_MAILS_DIRECTORY,
    isDevelopment: data.NODE_ENV === "development",
  }
}
