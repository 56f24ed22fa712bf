import { verificationReportSchema } from "@reasoningbank/core"
import { expect, test } from "vitest"
import { aTroubledReport, aVerificationReport } from "../testing/a-verification-report.ts"
import { renderReport } from "./render-report.ts"

const hostile = `</td><script>alert("1")</script><img src=x onerror='alert(2)'>&amp;\u202egnp.exe`

test("the reports of these tests keep to the schema", () => {
  verificationReportSchema.parse(aVerificationReport())
  verificationReportSchema.parse(aTroubledReport(hostile))
})

test("the verdict comes first, in words", () => {
  const page = renderReport(aVerificationReport())
  expect(page).toContain("<h1>The target holds exactly what the source holds</h1>")
  expect(page.indexOf("<h1>")).toBeLessThan(page.indexOf("What was checked"))
})

test("texts of the source stay texts", () => {
  const page = renderReport(aTroubledReport(hostile))
  expect(page).not.toContain("<script")
  expect(page).not.toContain("<img")
  expect(page).not.toContain("\u202e")
  expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;")
  expect(page).toContain("&amp;amp;")
})

test("it loads nothing", () => {
  for (const page of [renderReport(aVerificationReport()), renderReport(aTroubledReport("x"))]) {
    expect(page).not.toMatch(/\s(src|href)=|url\(/)
    expect(page).toContain("default-src 'none'")
  }
})

test("a list that was cut says how much is not shown", () => {
  const page = renderReport(aTroubledReport("x"))
  expect(page).toContain("12,408 differences")
  expect(page).toContain("12,401 more")
})
