import { CopyButton } from "./copy-button.tsx"

/** A command to type in a terminal, or a link to hand over, with a button that copies it. */
export function CommandLine({
  command,
  copyLabel = "Copy the command",
}: {
  command: string
  copyLabel?: string
}) {
  return (
    <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-3 text-left">
      <code className="min-w-0 flex-1 whitespace-pre-wrap break-words py-1 font-mono text-sm">
        {command}
      </code>
      <CopyButton text={command} label={copyLabel} />
    </div>
  )
}
