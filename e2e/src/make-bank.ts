import { randomUUID } from "node:crypto"
import { newAddress, password } from "./sign-in.ts"
import type { Product } from "./start-product.ts"

type MemoryColumns = { id: string; title: string; content: string } & Record<string, unknown>

export type Bank = {
  owner: { email: string; password: string }
  workspaceId: string
  /** Such as `/w/…`. */
  path: string
  traceId: string
  /** Rows as the database has them, past every policy. `query` is PostgREST's. */
  readRows(query: string): Promise<Record<string, unknown>[]>
  /** Changes rows behind the dashboard's back. */
  changeRows(query: string, columns: Record<string, unknown>): Promise<void>
  /** Another account, with this role here. */
  addMember(role: "viewer" | "editor"): Promise<{ email: string; password: string }>
}

/** An account with a workspace of its own that holds one trace with these memories. */
export async function makeBank({
  product,
  memories,
}: {
  product: Product
  memories: readonly MemoryColumns[]
}): Promise<Bank> {
  const ask = createAsker(product)
  const owner = await signUp()
  const workspaceId = `${await ask("rpc/create_workspace", { token: owner.token, body: { name: "Test bank" } })}`
  const traceId = randomUUID()
  const document = {
    workspace_id: workspaceId,
    id: traceId,
    task: "Find out why a customer was charged twice",
    outcome: "failure",
    created_at: "2026-11-01T10:00:00Z",
    trajectory: [{ iteration: 1, thought: "Look at the log", action: "evaluate", output: "Two" }],
    memory_items: memories,
  }
  const body = { document: JSON.stringify(document) }
  await ask("rpc/add_trace", { token: owner.token, body })
  return {
    owner,
    workspaceId,
    path: `/w/${encodeURIComponent(workspaceId)}`,
    traceId,
    readRows: async (query) => {
      const rows = await ask(query, { token: product.secretKey, method: "GET" })
      if (!Array.isArray(rows)) throw new Error(`${query} did not answer with rows.`)
      return rows
    },
    changeRows: async (query, columns) => {
      await ask(query, { token: product.secretKey, method: "PATCH", body: columns })
    },
    addMember: async (role) => {
      const member = await signUp()
      const row = { workspace_id: workspaceId, user_id: member.id, role }
      await ask("workspace_members", { token: product.secretKey, body: row })
      return member
    },
  }

  async function signUp() {
    const email = newAddress()
    const response = await fetch(`${product.supabaseUrl}/auth/v1/signup`, {
      method: "POST",
      headers: { apikey: product.publishableKey, "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    })
    const session = (await response.json()) as { access_token: string; user: { id: string } }
    return { email, password, token: session.access_token, id: session.user.id }
  }
}

function createAsker({ supabaseUrl, publishableKey, secretKey }: Product) {
  return async (
    path: string,
    { token, method = "POST", body }: { token: string; method?: string; body?: unknown },
  ): Promise<unknown> => {
    const isSecret = token === secretKey
    const response = await fetch(`${supabaseUrl}/rest/v1/${path}`, {
      method,
      headers: {
        apikey: isSecret ? secretKey : publishableKey,
        "content-type": "application/json",
        ...(!isSecret && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${text}`)
    return text === "" ? null : JSON.parse(text)
  }
}
