import { describe, expect, it } from "vitest"
import { parseChromaAddress } from "./chroma-address.ts"

describe("parseChromaAddress", () => {
  it("moves credentials from the address into a header", () => {
    const address = parseChromaAddress({
      url: "https://me:p%40ss@chroma.example:8443/inner/api/v2/",
    })
    expect(address.baseUrl).toBe("https://chroma.example:8443/inner")
    expect(address.location).toBe("https://chroma.example:8443/inner")
    expect(address.headers.get("authorization")).toBe(`Basic ${btoa("me:p@ss")}`)
  })

  it("sends a token both ways, unless a header says otherwise", () => {
    const { headers } = parseChromaAddress({
      url: "http://localhost:8000",
      token: "secret\n",
      headers: { "X-Chroma-Token": "other" },
    })
    expect(headers.get("authorization")).toBe("Bearer secret")
    expect(headers.get("x-chroma-token")).toBe("other")
  })

  it.each(["localhost:8000", "chroma", "ftp://host", ""])("refuses %j and says how", (url) => {
    expect(() => parseChromaAddress({ url })).toThrow(
      expect.objectContaining({ code: "usage", hint: expect.stringContaining("http://") }),
    )
  })

  it("never repeats a secret it can not send", () => {
    const token = "se\u2026cret"
    expect(() => parseChromaAddress({ url: "http://localhost", token })).toThrow(
      expect.objectContaining({ code: "usage", message: expect.not.stringContaining("cret") }),
    )
  })
})
