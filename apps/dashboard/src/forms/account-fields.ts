import { z } from "zod"

export const emailField = z
  .string({ error: "Give your e-mail address." })
  .trim()
  .pipe(z.email("Give an e-mail address, such as name@example.com."))

export const newPasswordField = z
  .string({ error: "Choose a password." })
  .min(8, "Choose a password of at least 8 characters.")
  .max(72, "Choose a password of at most 72 characters.")
