export { createTerminal } from "../terminal.ts"
export { demoAccount } from "./demo-account.ts"
export { openDemoProduct } from "./open-demo-product.ts"
export { startSampleChroma } from "./start-sample-chroma.ts"
