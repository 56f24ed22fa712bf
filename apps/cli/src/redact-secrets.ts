/** Makes a function that blanks the given secrets, and the password of any URL, wherever they stand in a text. */
export function createRedactor(secrets: (string | undefined)[]): (text: string) => string {
  const known = secrets
    .flatMap((secret) => (secret === undefined ? [] : [secret, encodeURIComponent(secret)]))
    .filter((secret) => secret.length >= 6)
  return (text) =>
    known
      .reduce((redacted, secret) => redacted.replaceAll(secret, "[secret]"), text)
      .replaceAll(/(:\/\/[^\s:@/]*):[^\s@/]+@/g, "$1:[secret]@")
}
