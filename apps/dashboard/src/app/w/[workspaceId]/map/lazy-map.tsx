"use client"

import dynamic from "next/dynamic"
import { MapSkeleton } from "./map-skeleton.tsx"

/** The map in a chunk of its own, and drawn in the browser alone. */
export const LazyMap = dynamic(
  () => import("./map-explorer.tsx").then((module) => module.MapExplorer),
  {
    ssr: false,
    loading: MapSkeleton,
  },
)
