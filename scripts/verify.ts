import { runStaticChecks } from "./run-static-checks.ts"
import { runSuites } from "./run-suites.ts"

const checks = await runStaticChecks()
if (checks.failed.length > 0) {
  console.error(`\nStopped before the unit tests. Failed: ${checks.failed.join(", ")}`)
  process.exit(1)
}
const suites = await runSuites({ project: "unit" })
console.log(`${checks.passed + suites.passed} passed, ${suites.failed} failed`)
process.exit(suites.failed === 0 ? 0 : 1)
