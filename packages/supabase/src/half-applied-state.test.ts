import { expect, test } from "vitest"
import { readMigrationFiles } from "./read-migration-files.ts"
import { migrationsDirectory } from "./testing/prepared-database.ts"

const migrations = (await readMigrationFiles(migrationsDirectory)).map(({ fileName, sql }) => ({
  fileName,
  sql: sql.replace(/--[^\n]*/g, "").replace(/\s+/g, " "),
}))

/** What hosted projects may have before the first migration; each has its reason beside it there. */
const mayExistBefore = [
  "create schema if not exists extensions",
  "create extension if not exists vector",
]

test("no migration passes over what it finds half made", () => {
  const found = migrations.flatMap(({ sql }) => [
    ...sql.matchAll(/\b(create|alter|drop|add)( \w+){1,3} if (not )?exists [\w.]+/gi),
  ])
  expect(found.map(([statement]) => statement)).toEqual(mayExistBefore)
})

test("only what an earlier migration made is replaced", () => {
  const created = new Set<string>()
  const replaced: string[] = []
  for (const { sql } of migrations) {
    for (const [, orReplace, thing] of sql.matchAll(
      /\bcreate (or replace )?((?:function|procedure|view|trigger|rule|aggregate) [\w.]+)/gi,
    )) {
      if (thing === undefined) continue
      if (orReplace !== undefined && !created.has(thing)) replaced.push(thing)
      created.add(thing)
    }
  }
  expect(replaced).toEqual([])
  expect(created.size).toBeGreaterThan(0)
})

test("every migration can be undone whole when it fails", () => {
  const found = migrations.filter(({ sql }) =>
    /(^|;) ?(begin|commit|rollback|start transaction|vacuum)\b|\bconcurrently\b/i.test(
      sql.replace(/\$(\w*)\$.*?\$\1\$/g, "''"),
    ),
  )
  expect(found.map(({ fileName }) => fileName)).toEqual([])
})
