import { type AuthError, isAuthRetryableFetchError } from "@supabase/supabase-js"
import type { DataErrorCode } from "./data-error.ts"

export type AuthProblem = { code: DataErrorCode; message: string; hint?: string }

/** What a refusal of Supabase Auth means to the person in front of the form. */
export function explainAuthError(error: AuthError): AuthProblem {
  if (isAuthRetryableFetchError(error)) {
    return {
      code: "unreachable",
      message: "The sign-in service does not answer.",
      hint: "Nothing was changed. Check that Supabase is running and try again.",
    }
  }
  if (error.status === 429) {
    return {
      code: "too_slow",
      message: "Too many attempts in a short time.",
      hint: "Supabase limits them to protect accounts. Wait a minute, then try once more.",
    }
  }
  return problems[error.code ?? ""] ?? { code: "failed", message: error.message }
}

const linkIsSpent: AuthProblem = {
  code: "invalid",
  message: "This link does not work any more.",
  hint: "Each works once and for a limited time. Ask for a new one.",
}

const problems: Record<string, AuthProblem> = {
  invalid_credentials: {
    code: "invalid",
    message: "No account has this address with this password.",
    hint: "Check both, or reset the password.",
  },
  email_not_confirmed: {
    code: "invalid",
    message: "This address is not confirmed yet.",
    hint: "Open the link in the mail you were sent when you signed up.",
  },
  user_already_exists: {
    code: "conflict",
    message: "An account has this address already.",
    hint: "Sign in instead, or reset its password.",
  },
  weak_password: {
    code: "invalid",
    message: "This password is too easy to guess.",
    hint: "Take a longer one: a sentence works well.",
  },
  same_password: {
    code: "invalid",
    message: "This is the password you have now.",
    hint: "Choose another one.",
  },
  otp_expired: linkIsSpent,
  otp_disabled: linkIsSpent,
  flow_state_not_found: linkIsSpent,
  bad_code_verifier: linkIsSpent,
  validation_failed: {
    code: "invalid",
    message: "Supabase did not accept what was given.",
    hint: "Check the address and try again.",
  },
  reauthentication_needed: {
    code: "forbidden",
    message: "This project wants you to have signed in recently.",
    hint: "Sign out, sign in again, and change the password then.",
  },
  signup_disabled: {
    code: "forbidden",
    message: "This project takes no new accounts.",
    hint: "Ask its owner for an account.",
  },
}
