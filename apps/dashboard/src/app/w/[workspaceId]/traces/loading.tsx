export { default } from "../memories/loading.tsx"
