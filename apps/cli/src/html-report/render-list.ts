import { formatCount } from "../format-figures.ts"
import { html, type Markup } from "./html.ts"
import type { ReportList } from "./report-view.ts"

/** More would make a page that no browser likes to open. */
export const rowsShown = 500
/** What a cell says that has nothing to say; left out where rows are cards. */
const nothing = "–"

/** A table that becomes cards where it is narrow. */
export function renderList({ title, intro, columns, rows, total }: ReportList): Markup {
  const shown = rows.slice(0, rowsShown)
  return html`<section><h2>${title} · ${formatCount(total)}</h2><p>${intro}</p><div class="panel"><table><thead><tr>${columns.map(
    (name) => html`<th scope="col">${name}</th>`,
  )}</tr></thead><tbody>${shown.map(
    (row) =>
      html`<tr>${row.map((text, index) => html`<td${text === nothing && index > 0 && html` class="none"`} data-label="${columns[index] ?? ""}">${withCode(text)}</td>`)}</tr>`,
  )}</tbody></table>${total > shown.length && html`<div class="more">${formatCount(total - shown.length)} more, in the report for programs (--report).</div>`}</div></section>`
}

const uuid = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/

/** Ids are set in the face that tells their characters apart. */
function withCode(text: string) {
  return text.split(uuid).map((part) => (uuid.test(part) ? html`<code>${part}</code>` : part))
}
