import { mkdtemp, readdir, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { createMailWriter, openMailFolder } from "./mail-folder.ts"

test("keeps each mail in a file of its own, in the order they were sent", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "mail-folder-"))
  onTestFinished(() => rm(directory, { recursive: true }))
  const writer = createMailWriter({ directory, siteUrl: "http://localhost:3000" })
  for (const subject of ["first", "second", "third"])
    await writer.send({ to: "ada@example.com", subject, text: "hello" })
  await writer.send({ to: "bob@example.com", subject: "other", html: "<p>hi</p>" })

  const folder = openMailFolder(directory)
  expect((await folder.list()).map(({ subject }) => subject)).toEqual([
    "first",
    "second",
    "third",
    "other",
  ])
  expect(await folder.latestTo("ada@example.com")).toMatchObject({
    subject: "third",
    text: "hello",
    html: "",
  })
  expect(await folder.latestTo("nobody@example.com")).toBeUndefined()
  const [fileName = ""] = await readdir(directory)
  expect((await stat(path.join(directory, fileName))).mode & 0o777).toBe(0o600)
})

test("leads links to the page that confirms them", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "mail-folder-"))
  onTestFinished(() => rm(directory, { recursive: true }))
  const link =
    "http://localhost:3000/auth/v1/verify?token=abc123&type=magiclink&redirect_to=http%3A%2F%2Flocalhost%3A3000"
  await createMailWriter({ directory, siteUrl: "http://localhost:3000" }).send({
    to: "ada@example.com",
    subject: "link",
    text: `Follow: ${link}`,
    html: `<a href="${link}">here</a>`,
  })
  const page = "http://localhost:3000/auth/confirm?token_hash=abc123&type=magiclink"
  expect(await openMailFolder(directory).latestTo("ada@example.com")).toMatchObject({
    text: `Follow: ${page}`,
    html: `<a href="${page}">here</a>`,
  })
})
