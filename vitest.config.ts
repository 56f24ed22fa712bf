import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["{apps,packages,scripts}/**/*.test.ts"],
    globalSetup: ["packages/native-postgres/src/vitest-global-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
