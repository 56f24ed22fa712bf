import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import { aTrace, aWorkspaceId } from "./sample-rows.ts"
import { type GetTarget, writeNew } from "./target-under-test.ts"

export function describeGrants(getTarget: GetTarget): void {
  describe("grants", () => {
    const anAddress = () => `nobody-${randomUUID()}@example.com`

    test("an address without an account is invited, with a token for each workspace", async () => {
      const target = getTarget()
      const workspaceIds = [aWorkspaceId(), aWorkspaceId()].toSorted()
      const traces = workspaceIds.map((workspaceId) => aTrace({ workspaceId }))
      await writeNew({ target, traces })
      const grants = await target.grantWorkspaces({
        email: anAddress(),
        workspaceIds,
        role: "owner",
      })
      expect(grants.map(({ workspaceId }) => workspaceId).toSorted()).toEqual(workspaceIds)
      expect(new Set(grants.map(({ token }) => token)).size).toBe(2)
      for (const { status, token, expiresAt } of grants) {
        expect(status).toBe("invited")
        expect(token).toMatch(/^invitation_[0-9a-f]{64}$/)
        expect(Date.parse(expiresAt ?? "")).toBeGreaterThan(Date.now())
      }
    })

    test("without a list every workspace is meant", async () => {
      const target = getTarget()
      const workspaceId = aWorkspaceId()
      await writeNew({ target, traces: [aTrace({ workspaceId })] })
      const grants = await target.grantWorkspaces({
        email: anAddress(),
        workspaceIds: null,
        role: "viewer",
      })
      expect(grants.map((grant) => grant.workspaceId)).toContain(workspaceId)
    })

    test("a workspace that is not there is named, and nothing is granted", async () => {
      const target = getTarget()
      const workspaceId = aWorkspaceId()
      const missing = aWorkspaceId()
      await writeNew({ target, traces: [aTrace({ workspaceId })] })
      const grant = target.grantWorkspaces({
        email: anAddress(),
        workspaceIds: [workspaceId, missing],
        role: "owner",
      })
      await expect(grant).rejects.toMatchObject({
        code: "usage",
        message: expect.stringContaining(missing),
      })
    })
  })
}
