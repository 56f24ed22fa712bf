import { z } from "zod"

export const workspaceNameField = z
  .string({ error: "Give the workspace a name." })
  .trim()
  .min(1, "Give the workspace a name, such as that of the project.")
  .max(200, "Give a name of at most 200 characters.")
