"use client"

import { createContext, type ReactNode, useContext } from "react"
import type { Workspace } from "../data/workspaces.ts"

/** What every part of the frame knows. */
export type FrameFacts = {
  workspaces: readonly Workspace[]
  /** Null across all workspaces. */
  workspaceId: string | null
  email: string
}

const FrameContext = createContext<FrameFacts | null>(null)

export function FrameProvider({ frame, children }: { frame: FrameFacts; children: ReactNode }) {
  return <FrameContext value={frame}>{children}</FrameContext>
}

/** The facts of the frame around this component, and the workspace of the address. */
export function useFrame(): FrameFacts & { workspace: Workspace | null } {
  const frame = useContext(FrameContext)
  if (frame === null) throw new Error("useFrame is called outside of the frame.")
  const workspace = frame.workspaces.find(({ id }) => id === frame.workspaceId) ?? null
  return { ...frame, workspace }
}
