import { expect, test } from "vitest"
import { splitStatements } from "./split-statements.ts"

test("keeps the comments before a statement and drops semicolons", async () => {
  const sql =
    "-- é\ncreate table a (x int); -- after\n\n/* b; */ insert into a values (';é');;\nselect 1;\n-- end\n"
  expect(await splitStatements(sql)).toEqual([
    "-- é\ncreate table a (x int)",
    "-- after\n\n/* b; */ insert into a values (';é')",
    "select 1",
    "-- end",
  ])
})

test("does not cut inside function bodies", async () => {
  const plpgsql =
    "create function f() returns int language plpgsql as $body$ begin return 1; end; $body$"
  const atomic = "create function g() returns int language sql begin atomic select 1; end"
  expect(await splitStatements(`${plpgsql};\n${atomic};`)).toEqual([plpgsql, atomic])
})

test("finds no statement in nothing, and one without a semicolon", async () => {
  expect(await splitStatements(" \n")).toEqual([])
  expect(await splitStatements("select 1")).toEqual(["select 1"])
})

test("says where the text is not SQL", async () => {
  await expect(splitStatements("creat table a ()")).rejects.toThrow(
    'syntax error at or near "creat"',
  )
})
