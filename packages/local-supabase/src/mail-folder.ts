import { readdir, readFile, rename, writeFile } from "node:fs/promises"
import path from "node:path"

/** A mail the auth server would have sent; nothing leaves the machine. */
export type Mail = {
  /** ISO 8601, UTC. */
  sentAt: string
  to: string
  subject: string
  text: string
  html: string
}

export type MailFolder = {
  /** One JSON file a mail, named by the time it was sent. */
  directory: string
  /** Oldest first. */
  list(): Promise<Mail[]>
  /** The newest mail to an address. */
  latestTo(address: string): Promise<Mail | undefined>
}

export function openMailFolder(directory: string): MailFolder {
  const list = async () => {
    const fileNames = (await readdir(directory)).filter((name) => name.endsWith(".json")).sort()
    const texts = await Promise.all(
      fileNames.map((name) => readFile(path.join(directory, name), "utf8")),
    )
    return texts.map((text): Mail => JSON.parse(text))
  }
  return {
    directory,
    list,
    latestTo: async (address) => (await list()).findLast((mail) => mail.to === address),
  }
}

export type MailWriter = {
  send(message: { to: string; subject: string; text?: string; html?: string }): Promise<void>
}

/**
 * Links in the mails lead to `<siteUrl>/auth/confirm?token_hash=…&type=…`, a page that calls `verifyOtp` with both;
 * lite's own lead to a path that site does not have.
 */
export function createMailWriter(settings: { directory: string; siteUrl: string }): MailWriter {
  const { directory } = settings
  const confirm = (content: string) =>
    content.replace(LITE_LINK, (_link, token: string, type: string) => {
      const page = new URL("auth/confirm", `${settings.siteUrl.replace(/\/$/, "")}/`)
      page.search = new URLSearchParams({ token_hash: token, type }).toString()
      return page.href
    })
  let count = 0
  return {
    send: async ({ to, subject, text = "", html = "" }) => {
      const mail: Mail = {
        sentAt: new Date().toISOString(),
        to,
        subject,
        text: confirm(text),
        html: confirm(html),
      }
      count += 1
      const name = `${mail.sentAt.replaceAll(":", "-")}-${String(count).padStart(6, "0")}.json`
      const unfinished = path.join(directory, `${name}.unfinished`)
      await writeFile(unfinished, `${JSON.stringify(mail, null, 2)}\n`, { mode: 0o600 })
      await rename(unfinished, path.join(directory, name))
    },
  }
}

const LITE_LINK =
  /https?:\/\/[^\s"]+\/auth\/v1\/verify\?token=([^&\s"]+)&type=([^&\s"]+)(?:&redirect_to=[^&\s"]*)?/g
