export { DetailSkeleton as default } from "../../../../../components/detail-skeleton.tsx"
