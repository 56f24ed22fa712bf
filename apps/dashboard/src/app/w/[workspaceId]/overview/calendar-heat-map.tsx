"use client"

import Link from "next/link"
import { type KeyboardEvent, useEffect, useRef } from "react"
import { classNames } from "../../../../components/class-names.ts"
import { formatDay, formatMonth } from "../../../../format/format-day.ts"
import type { CalendarDay } from "./calendar-weeks.ts"

const levels = ["bg-sunken", "bg-accent/25", "bg-accent/50", "bg-accent/75", "bg-accent"] as const

/** One square a day, a column a week; days with traces are links, and arrows go from one to the next. */
export function CalendarHeatMap({
  weeks,
}: {
  weeks: readonly (readonly (CalendarDay & { href?: string })[])[]
}) {
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = scroller.current
    if (element !== null) element.scrollLeft = element.scrollWidth
  }, [])
  const lastActive = weeks.flat().findLast(({ href }) => href !== undefined)
  return (
    <>
      <div ref={scroller} className="overflow-x-auto p-1">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the links in it. */}
        <div className="flex w-max gap-[3px] pt-5" onKeyDown={moveFocus}>
          {weeks.map((week, index) => {
            const first = week[0]?.day ?? ""
            return (
              <div key={first} className="relative flex flex-col gap-[3px]">
                {isNewMonth(first, weeks[index - 1]?.[0]?.day) && (
                  <span className="absolute -top-5 whitespace-nowrap text-ink-muted text-xs">
                    {formatMonth(first, { hasYear: false })}
                  </span>
                )}
                {week.map(({ day, traces, level, href }) => {
                  const square = classNames("size-3 rounded-[3px]", levels[level])
                  const text = `${traces} ${traces === 1 ? "trace" : "traces"} on ${formatDay(day)}`
                  return href === undefined ? (
                    <span key={day} aria-hidden className={square} />
                  ) : (
                    <Link
                      key={day}
                      href={href}
                      prefetch={false}
                      title={text}
                      aria-label={text}
                      tabIndex={day === lastActive?.day ? 0 : -1}
                      className={square}
                    />
                  )
                })}
              </div>
            )
          })}
        </div>
      </div>
      <p className="flex items-center gap-1 pt-1 text-ink-muted text-xs">
        <span className="pr-1">Fewer</span>
        {levels.map((level) => (
          <span key={level} aria-hidden className={classNames("size-3 rounded-[3px]", level)} />
        ))}
        <span className="pl-1">More traces a day</span>
      </p>
    </>
  )
}

function isNewMonth(day: string, before: string | undefined): boolean {
  return before !== undefined && day.slice(0, 7) !== before.slice(0, 7)
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const links = [...event.currentTarget.querySelectorAll("a")]
  const here = links.findIndex((link) => link.matches(":focus"))
  event.preventDefault()
  links[here + step]?.focus()
}
