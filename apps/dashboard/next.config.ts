import path from "node:path"
import type { NextConfig } from "next"

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `pnpm verify` checks types; Next.js would do it a second time.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: path.join(import.meta.dirname, "../..") },
  // TypeScript 7 has no API to call, only its command.
  experimental: { useTypeScriptCli: true },
}

export default config
