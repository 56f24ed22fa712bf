const shapes = [
  <circle key="circle" cx="6" cy="6" r="5" />,
  <rect key="square" x="1.5" y="1.5" width="9" height="9" />,
  <path key="triangle" d="M6 1 11.2 10.5H.8Z" />,
  <path key="diamond" d="M6 .5 11.5 6 6 11.5.5 6Z" />,
]

/** The colour and shape of a group, as its points have them. */
export function GroupMark({ colour, shape }: { colour: string; shape: number }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 12 12"
      className="size-3 shrink-0"
      style={{ fill: `var(--${colour})` }}
    >
      {shapes[shape]}
    </svg>
  )
}
