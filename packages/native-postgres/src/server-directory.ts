import { chown, mkdtemp, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { runCommand } from "./run-command.ts"

/** Who the server runs as; `undefined` is the user of this process. */
export type ServerUser = { uid: number; gid: number } | undefined

// The user id of `nobody` on Linux; initdb only asks that the id has a name.
const nobody = { uid: 65534, gid: 65534 }

/** PostgreSQL refuses to run as root, so root hands it to `nobody`. */
export function serverUser(): ServerUser {
  return process.getuid?.() === 0 ? nobody : undefined
}

/** A new directory in a temp directory that the user may enter, owned by the user. */
export async function makeServerDirectory(user: ServerUser): Promise<string> {
  for (const parent of [tmpdir(), "/tmp", "/var/tmp"]) {
    if (!(await mayEnter(user, parent))) continue
    const directory = await mkdtemp(join(parent, "native-postgres-"))
    if (user !== undefined) await chown(directory, user.uid, user.gid)
    return directory
  }
  throw new Error(`uid ${user?.uid} may enter none of the temp directories; make /tmp accessible`)
}

/** The installation itself, or a copy in `serverDirectory` when it lies where the user may not go (such as /root). */
export async function reachableInstallation(options: {
  user: ServerUser
  /** Of the installation. */
  directory: string
  serverDirectory: string
}): Promise<string> {
  const { directory } = options
  if (await mayEnter(options.user, directory)) return directory
  const copy = join(options.serverDirectory, "installation")
  await runCommand({ command: "cp", arguments: ["-R", "-P", directory, copy] })
  await giveAway({ user: options.user, directory: copy })
  return copy
}

/** The server's guard runs as the user as well and removes everything at the end. */
async function giveAway(options: { user: ServerUser; directory: string }): Promise<void> {
  if (options.user === undefined) return
  const { uid, gid } = options.user
  await runCommand({ command: "chown", arguments: ["-R", `${uid}:${gid}`, options.directory] })
}

async function mayEnter(user: ServerUser, path: string): Promise<boolean> {
  if (user === undefined) return true
  const { mode } = await stat(path)
  if ((mode & 0o001) === 0) return false
  const parent = dirname(path)
  return parent === path || mayEnter(user, parent)
}
