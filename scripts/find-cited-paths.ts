/** A path that a Markdown document names: a link is relative to the document, code to the root of the repository. */
export type CitedPath = { path: string; line: number; kind: "link" | "code" }

export type FindCitedPathsOptions = {
  text: string
  /** The names in the root of the repository; code that begins with one of them and a slash is taken for a path. */
  topLevelNames: readonly string[]
}

/** Every path cited by a link or between backticks, outside of fenced blocks; patterns and placeholders are not paths. */
export function findCitedPaths({ text, topLevelNames }: FindCitedPathsOptions): CitedPath[] {
  const cited: CitedPath[] = []
  let isFenced = false
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trimStart().startsWith("```")) isFenced = !isFenced
    if (isFenced) continue
    for (const path of matchesOf(line, /\]\(([^)\s]+)\)/g)) {
      const target = path.replace(/#.*$/, "")
      if (target !== "" && !/^[a-z]+:/.test(target)) {
        cited.push({ path: target, line: index + 1, kind: "link" })
      }
    }
    for (const path of matchesOf(line, /`([\w.@-]+\/[\w./@-]*)`/g)) {
      if (topLevelNames.includes(path.slice(0, path.indexOf("/")))) {
        cited.push({ path, line: index + 1, kind: "code" })
      }
    }
  }
  return cited
}

function matchesOf(line: string, pattern: RegExp): string[] {
  return [...line.matchAll(pattern)].flatMap(([, path]) => (path === undefined ? [] : [path]))
}
