import { confirm, password } from "@inquirer/prompts"

/** Where the command talks to its user. Everything it prints goes through here, without secrets. */
export type Terminal = {
  /** A result, to standard output. */
  print(text: string): void
  /** A word on the way, to standard error. */
  note(text: string): void
  /** Redraws one line in place; nothing where standard error is no terminal. */
  status(text: string): void
  clearStatus(): void
  /** Whether somebody is there to answer. */
  isInteractive: boolean
  showsProgress: boolean
  confirm(question: string): Promise<boolean>
  askSecret(question: string): Promise<string>
}

const clearLine = "\r\u001b[2K"

export function createTerminal(redact: (text: string) => string): Terminal {
  const showsProgress = process.stderr.isTTY === true
  let statusShown = false
  const clearStatus = () => {
    if (statusShown) process.stderr.write(clearLine)
    statusShown = false
  }
  return {
    print(text) {
      clearStatus()
      process.stdout.write(`${redact(text)}\n`)
    },
    note(text) {
      clearStatus()
      process.stderr.write(`${redact(text)}\n`)
    },
    status(text) {
      if (!showsProgress) return
      process.stderr.write(clearLine + redact(text).slice(0, (process.stderr.columns ?? 80) - 1))
      statusShown = true
    },
    clearStatus,
    isInteractive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    showsProgress,
    confirm: (message) => confirm({ message, default: false }, { output: process.stderr }),
    askSecret: (message) => password({ message, mask: true }, { output: process.stderr }),
  }
}
