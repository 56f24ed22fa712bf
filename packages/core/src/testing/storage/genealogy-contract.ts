import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import type { NewMemoryItem } from "../../storage/new-reasoning-trace.ts"
import { addEverywhere, aNewMemory, aNewTrace, type GetContext } from "./backend-under-test.ts"

export function describeGenealogy(getContext: GetContext): void {
  describe("genealogy", () => {
    const lesson = (name: string, fields: Partial<NewMemoryItem> = {}) =>
      aNewMemory({ id: name, title: `Lesson ${name}`, ...fields })

    test("ancestors and descendants, both to the end", async () => {
      const context = await getContext()
      const { backend, reference, workspaceId } = context
      await addEverywhere(context, [
        aNewTrace({ workspaceId, memoryItems: [lesson("root"), lesson("aunt")] }),
        aNewTrace({
          workspaceId,
          memoryItems: [
            lesson("parent", { parentMemoryId: "root", evolutionStage: 1 }),
            lesson("child", {
              parentMemoryId: "parent",
              derivedFrom: ["aunt", "parent"],
              evolutionStage: 2,
            }),
          ],
        }),
        aNewTrace({
          workspaceId,
          memoryItems: [lesson("grandchild", { derivedFrom: ["child", "gone"] })],
        }),
      ])
      for (const id of ["root", "parent", "child", "grandchild", "aunt"]) {
        const found = await backend.getGenealogy({ workspaceId, id })
        expect(found).toEqual(await reference.getGenealogy({ workspaceId, id }))
      }
      expect(await backend.getGenealogy({ workspaceId, id: "child" })).toMatchObject({
        ancestryChain: ["root", "parent", "child"],
        ...{ totalAncestors: 3, totalDescendants: 1, isRoot: false, isLeaf: false, isCut: false },
      })
      const grandchild = await backend.getGenealogy({ workspaceId, id: "grandchild" })
      expect(grandchild?.ancestors).toContainEqual({
        ...{ state: "redacted", kind: "memory_item", id: "gone", depth: 1 },
      })
      expect(await backend.getGenealogy({ workspaceId, id: "nobody" })).toBeNull()
    })

    test("a circle ends, and an item may be its own parent", async () => {
      const context = await getContext()
      const { backend, reference, workspaceId } = context
      await addEverywhere(context, [
        aNewTrace({
          workspaceId,
          memoryItems: [
            lesson("a", { parentMemoryId: "c" }),
            lesson("b", { parentMemoryId: "a" }),
            lesson("c", { parentMemoryId: "b" }),
            lesson("self", { parentMemoryId: "self" }),
          ],
        }),
      ])
      for (const id of ["a", "self"]) {
        expect(await backend.getGenealogy({ workspaceId, id })).toEqual(
          await reference.getGenealogy({ workspaceId, id }),
        )
      }
    })

    test("parents in another workspace or deleted are redacted", async () => {
      const context = await getContext()
      const { backend, reference, workspaceId, anotherWorkspace } = context
      const other = await anotherWorkspace()
      const [elsewhere, deleted, child] = [randomUUID(), randomUUID(), randomUUID()]
      const parent = aNewTrace({
        workspaceId,
        memoryItems: [aNewMemory({ id: deleted })],
        createdAt: "2020-01-01T00:00:00Z",
      })
      await addEverywhere(context, [
        aNewTrace({
          workspaceId: other,
          memoryItems: [aNewMemory({ id: elsewhere, title: "Not to be seen" })],
        }),
        parent,
        aNewTrace({
          workspaceId,
          memoryItems: [aNewMemory({ id: child, derivedFrom: [elsewhere, deleted] })],
        }),
      ])
      for (const each of [backend, reference]) {
        await each.deleteOldTraces({ workspaceId, retentionDays: 365, dryRun: false })
      }
      const found = await backend.getGenealogy({ workspaceId, id: child })
      expect(found).toEqual(await reference.getGenealogy({ workspaceId, id: child }))
      expect(found?.ancestors.map(({ state }) => state)).toEqual(["redacted", "redacted"])
      expect(JSON.stringify(found)).not.toContain("Not to be seen")
    })
  })
}
