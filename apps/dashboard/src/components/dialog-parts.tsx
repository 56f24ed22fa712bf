"use client"

import { Dialog as Base } from "@base-ui/react/dialog"
import { X } from "lucide-react"
import type { ReactElement, ReactNode } from "react"
import { buttonStyle } from "./button.tsx"
import { classNames } from "./class-names.ts"

const scrimStyle =
  "fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"

type ModalProps = {
  trigger?: ReactElement
  opensAtOnce: boolean
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  title: string
  children: ReactNode
}

export function Dialog({
  title,
  description,
  children,
  ...modal
}: ModalProps & { description?: ReactNode }) {
  return (
    <Modal
      {...modal}
      className="fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 flex-col overflow-y-auto rounded-lg border border-line bg-raised p-5 shadow-raised transition-[opacity,scale] data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <div className="mb-4 flex items-start justify-between gap-4">
        <div>
          <Base.Title className="font-semibold text-lg">{title}</Base.Title>
          {description !== undefined && (
            <Base.Description className="mt-1 text-ink-muted text-sm">
              {description}
            </Base.Description>
          )}
        </div>
        <CloseButton />
      </div>
      {children}
    </Modal>
  )
}

export function Sheet({
  title,
  side,
  children,
  ...modal
}: ModalProps & { side: "bottom" | "right" }) {
  return (
    <Modal
      {...modal}
      className={classNames(
        "fixed z-50 flex flex-col border-line bg-raised shadow-raised transition-transform",
        side === "bottom"
          ? "inset-x-0 bottom-0 max-h-[85vh] rounded-t-lg border-t data-ending-style:translate-y-full data-starting-style:translate-y-full"
          : "inset-y-0 right-0 w-full max-w-xl border-l data-ending-style:translate-x-full data-starting-style:translate-x-full",
      )}
    >
      <div className="flex items-center justify-between gap-4 border-line border-b px-4 py-2">
        <Base.Title className="font-medium text-base">{title}</Base.Title>
        <CloseButton />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
    </Modal>
  )
}

function Modal({
  trigger,
  opensAtOnce,
  isOpen,
  onOpenChange,
  className,
  children,
}: Omit<ModalProps, "title"> & { className: string }) {
  return (
    <Base.Root
      {...(isOpen === undefined ? { defaultOpen: opensAtOnce } : { open: isOpen })}
      {...(onOpenChange !== undefined && { onOpenChange: (open) => onOpenChange(open) })}
    >
      {trigger !== undefined && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className={scrimStyle} />
        <Base.Popup className={className}>{children}</Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

export function DialogClose({ children }: { children: ReactNode }) {
  return <Base.Close className={buttonStyle()}>{children}</Base.Close>
}

function CloseButton() {
  return (
    <Base.Close aria-label="Close" className={buttonStyle({ tone: "quiet", size: "icon" })}>
      <X aria-hidden />
    </Base.Close>
  )
}
