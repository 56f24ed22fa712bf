import "server-only"
import { readdir, readFile } from "node:fs/promises"
import path from "node:path"
import { notFound } from "next/navigation"
import { z } from "zod"
import { readEnvironment } from "../env.ts"

const mailSchema = z.object({
  sentAt: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
})

/** `confirmPath` is the path of this site that the mail's link leads to. */
export type LocalMail = { sentAt: Date; to: string; subject: string; confirmPath: string | null }

export function hasLocalMails(): boolean {
  return readEnvironment().localMailsDirectory !== undefined
}

const shownMails = 50

/** What the embedded server would have mailed, the newest first. Not found where there is no embedded server. */
export async function listLocalMails(): Promise<LocalMail[]> {
  const { localMailsDirectory: directory } = readEnvironment()
  if (directory === undefined) notFound()
  const names = (await readdir(directory)).filter((name) => name.endsWith(".json")).sort()
  const newest = names.slice(-shownMails).reverse()
  const texts = await Promise.all(
    newest.map((name) => readFile(path.join(directory, name), "utf8")),
  )
  return texts.map((text) => {
    const { sentAt, to, subject, ...mail } = mailSchema.parse(JSON.parse(text))
    return { sentAt: new Date(sentAt), to, subject, confirmPath: findConfirmPath(mail) }
  })
}

function findConfirmPath({ text, html }: { text: string; html: string }): string | null {
  const [, query] = /\/auth\/confirm\?([^\s"'<>]+)/.exec(`${text} ${html}`) ?? []
  return query === undefined ? null : `/auth/confirm?${query.replaceAll("&amp;", "&")}`
}
