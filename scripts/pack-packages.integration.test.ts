import { cp, writeFile } from "node:fs/promises"
import { join } from "node:path"
import process from "node:process"
import { publint } from "publint"
import { formatMessage } from "publint/utils"
import { beforeAll, expect, test } from "vitest"
import { packPackages } from "./pack-packages.ts"
import { runProgram } from "./run-program.ts"

const directory = join(import.meta.dirname, "../.cache/packed")
let packed: string[] = []

beforeAll(async () => {
  packed = await packPackages({ directory })
})

test("publint finds nothing in any package", async () => {
  for (const pkgDir of packed) {
    const { messages, pkg } = await publint({ pkgDir, strict: true, pack: "npm" })
    expect({ pkgDir, found: messages.map((each) => formatMessage(each, pkg)) }).toEqual({
      pkgDir,
      found: [],
    })
  }
})

test("a program with nothing but the built packages remembers and recalls, types included", async () => {
  const program = join(directory, "storage")
  await cp(
    join(import.meta.dirname, "../examples/remember-and-recall.ts"),
    join(program, "example.ts"),
  )
  await writeFile(
    join(program, "tsconfig.json"),
    JSON.stringify({
      extends: "../../../tsconfig.base.json",
      compilerOptions: { typeRoots: ["../../../node_modules/@types"], skipLibCheck: false },
      include: ["example.ts"],
    }),
  )
  await runProgram({ program: "tsc", given: ["-p", program] })
  process.env.REASONING_BANK_WORKSPACES = join(directory, "workspaces.json")
  process.env.REASONING_BANK_DATA = join(directory, "bank")
  const output = await runProgram({ program: "node", given: [join(program, "example.ts")] })
  expect(output).toContain("Remembered 1 lesson")
  expect(output).toContain("2 traces, 50 % successful.")
})
