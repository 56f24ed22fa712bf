export { type DetectedSource, detectSource, sourceDialects } from "./detect-source.ts"
export { openDialectSource } from "./open-dialect-source.ts"
