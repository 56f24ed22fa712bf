import Link from "next/link"
import { BarList, type BarListItem } from "../../../../components/bar-list.tsx"
import { Card, CardHeader } from "../../../../components/card.tsx"
import { linkStyle } from "../../../../components/link-style.ts"

/** The values shown before "and so many more". */
const shownAtFirst = 8

/** How many rows have which value of one field. */
export function DistributionCard({
  title,
  description,
  total,
  items,
  allHref,
  missing,
  id,
}: {
  title: string
  /** So that figures elsewhere can lead here. */
  id?: string
  description?: string
  /** All rows; shares are of it. */
  total: number
  items: readonly BarListItem[]
  /** Where all values can be seen; without it all are shown. */
  allHref?: string
  /** What rows without a value are called; without it they are not counted. */
  missing?: string
}) {
  const rest = total - items.reduce((sum, { count }) => sum + count, 0)
  const shown = allHref === undefined ? items : items.slice(0, shownAtFirst)
  const hidden = items.length - shown.length
  return (
    <Card {...(id !== undefined && { id })} className="mb-4 scroll-mt-16 break-inside-avoid">
      <CardHeader title={title} description={description} />
      <BarList
        label={title}
        total={total}
        items={
          missing === undefined || rest <= 0
            ? shown
            : [...shown, { key: missing, label: missing, count: rest, barClass: "bg-sunken" }]
        }
        {...(hidden > 0 &&
          allHref !== undefined && {
            more: (
              <Link href={allHref} prefetch={false} className={linkStyle}>
                and {hidden} more
              </Link>
            ),
          })}
      />
    </Card>
  )
}
