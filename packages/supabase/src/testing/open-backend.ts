import { randomUUID } from "node:crypto"
import type { BackendSettings } from "@reasoningbank/core/storage"
import { createClient, type SupabaseClient } from "@supabase/supabase-js"
import {
  createSupabaseBackend,
  createSupabaseUserBackend,
} from "../backend/create-supabase-backend.ts"

type Server = { url: string; publishableKey: string; secretKey: string }
type Opening = { local: Server; settings: BackendSettings }

const withoutStorage = { auth: { persistSession: false, autoRefreshToken: false } }

/** A backend that sees every workspace, and how a test gets a new one. */
export function openAsSecretKey({ local, settings }: Opening) {
  const admin = createClient(local.url, local.secretKey, withoutStorage)
  return {
    backend: createSupabaseBackend({
      ...settings,
      ...{ supabaseUrl: local.url, supabaseKey: local.secretKey },
    }),
    createWorkspace: (id: string) => insertWorkspace({ admin, id }),
  }
}

/** A backend of a new user, who owns each workspace that a test makes. */
export async function openAsUser({ local, settings }: Opening) {
  const admin = createClient(local.url, local.secretKey, withoutStorage)
  const visitor = createClient(local.url, local.publishableKey, withoutStorage)
  const { data, error } = await visitor.auth.signUp({
    email: `${randomUUID()}@example.org`,
    password: randomUUID(),
  })
  const token = data.session?.access_token
  const userId = data.user?.id
  if (token === undefined || userId === undefined) throw new Error(`Sign-up: ${error?.message}`)
  return {
    backend: createSupabaseUserBackend({
      ...settings,
      ...{ supabaseUrl: local.url, publishableKey: local.publishableKey },
      accessToken: async () => token,
    }),
    async createWorkspace(id: string) {
      await insertWorkspace({ admin, id })
      const member = { workspace_id: id, user_id: userId, role: "owner" }
      throwOnError(await admin.from("workspace_members").insert(member))
    },
  }
}

async function insertWorkspace({ admin, id }: { admin: SupabaseClient; id: string }) {
  throwOnError(await admin.from("workspaces").insert({ id, name: id }))
}

function throwOnError({ error }: { error: { message: string } | null }): void {
  if (error !== null) throw new Error(error.message)
}
