import { runStaticChecks } from "./run-static-checks.ts"
import { runSuites } from "./run-suites.ts"

const isContinuousIntegration = process.env.CI === "true"
const filters = process.argv.slice(2)

const checks = filters.length === 0 ? await runStaticChecks() : { passed: 0, failed: [] }
const suites = await runSuites({ filters }).catch((error: unknown) => {
  console.error(error)
  return { passed: 0, failed: 1, skipped: [] }
})

if (checks.failed.length > 0) console.log(`Failed checks: ${checks.failed.join(", ")}`)
if (suites.skipped.length > 0) {
  console.log(`Did not run${isContinuousIntegration ? ", which is a failure when CI=true" : ""}:`)
  for (const [reason, tests] of Map.groupBy(suites.skipped, (test) => test.reason)) {
    console.log(`  ${reason}`)
    for (const { name } of tests) console.log(`  - ${name}`)
  }
}
const passed = checks.passed + suites.passed
const didNotRun = isContinuousIntegration ? suites.skipped.length : 0
const failed = checks.failed.length + suites.failed + didNotRun
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
