/** What menus and selects share. */
export const popupStyle =
  "max-h-[var(--available-height)] min-w-[max(10rem,var(--anchor-width))] origin-[var(--transform-origin)] overflow-y-auto rounded-md border border-line bg-raised p-1 text-sm shadow-raised outline-none transition-[opacity,scale] data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0"

export const itemStyle =
  "flex min-h-8 w-full cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 text-left outline-none data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0"
