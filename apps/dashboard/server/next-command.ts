import { createRequire } from "node:module"
import path from "node:path"

export const dashboardDirectory = path.join(import.meta.dirname, "..")

/** The program of Next.js, run with this Node. */
export const nextCommand = createRequire(import.meta.url).resolve("next/dist/bin/next")
