import { expect, test } from "vitest"
import { parseSupabaseUrl } from "./parse-supabase-url.ts"

test.each([
  ["https://abc.supabase.co", "https://abc.supabase.co"],
  ["https://abc.supabase.co/", "https://abc.supabase.co"],
  ["https://abc.supabase.co/rest/v1/", "https://abc.supabase.co"],
  ["http://127.0.0.1:54321", "http://127.0.0.1:54321"],
  ["https://example.com/supabase/", "https://example.com/supabase"],
  ["https://user:secret@abc.supabase.co", "https://abc.supabase.co"],
])("%s is %s", (given, address) => {
  expect(parseSupabaseUrl(given)).toEqual({ url: address, location: address })
})

test.each(["", "abc", "postgres://u:secret@h/d", "https://supabase.com/dashboard/project/abc"])(
  "%j is no project's address",
  (given) => {
    expect(() => parseSupabaseUrl(given)).toThrow(expect.objectContaining({ code: "usage" }))
    expect(() => parseSupabaseUrl(given)).not.toThrow("secret")
  },
)
