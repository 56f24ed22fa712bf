import { defineConfig } from "vitest/config"

const files = "{apps,examples,packages,scripts}/**"

export default defineConfig({
  test: {
    globalSetup: ["packages/native-postgres/src/vitest-global-setup.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [`${files}/*.test.ts`],
          exclude: ["**/node_modules/**", "**/*.integration.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [`${files}/*.integration.test.ts`],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each file may start servers of its own, and an embedded database takes up to 1 GB.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["e2e/**/*.integration.test.ts"],
          globalSetup: ["e2e/src/start-product.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
