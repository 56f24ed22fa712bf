import { execFileSync } from "node:child_process"

const [mount, unmount] = ["mount", "umount"]

/** Puts a file system of a few kilobytes at a folder; null where this user may not. */
export function mountSmallDisk({
  folder,
  kilobytes,
}: {
  folder: string
  kilobytes: number
}): { remove(): void } | null {
  const options = ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder]
  try {
    execFileSync(mount, options, { stdio: "ignore" })
  } catch {
    return null
  }
  return { remove: () => execFileSync(unmount, ["--lazy", folder]) }
}
