import { createBackend } from "../../storage/create-backend.ts"
import { createInMemoryDriver } from "./create-in-memory-driver.ts"
import { describeStorageBackend } from "./storage-backend-contract.ts"

describeStorageBackend({
  name: "the in-memory reference",
  openBackend: async (settings) => ({
    backend: createBackend({ ...settings, driver: createInMemoryDriver() }),
  }),
})
