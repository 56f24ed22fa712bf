import { formatCount, formatDuration, formatShare } from "../format-figures.ts"
import { html, type Markup } from "./html.ts"
import { renderList } from "./render-list.ts"
import type { ReportView, Share, Tone } from "./report-view.ts"
import { styles } from "./styles.ts"

const marks: Record<Tone, string> = {
  good: "m13 23 7 7 13-14",
  attention: "M22 12v13m0 6v1",
  bad: "m14 14 16 16m0-16L14 30",
  neutral: "M13 22h18",
}

/** A whole page in one file: no script, nothing from the network, light and dark as the reader's system has it. */
export function renderView(view: ReportView): string {
  const { title, headline, tone } = view
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${title}: ${headline}</title>
<style>${{ markup: styles }}</style>
</head>
<body>
<main>
<div class="eyebrow"><span>ReasoningBank Storage</span><span>${title}</span></div>
<header class="verdict ${tone}">
<svg viewBox="0 0 44 44" aria-hidden="true"><circle cx="22" cy="22" r="22" fill="var(--tone-soft)"/><path d="${marks[tone]}" fill="none" stroke="var(--tone)" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>
<h1>${headline}</h1>
<p>${view.summary}</p>
</header>
${tiles(view)}${checks(view)}${kinds(view)}${view.lists.filter(isPressing).map(renderList)}${workspaces(view)}${parity(view)}${view.lists.filter((list) => !isPressing(list)).map(renderList)}${timings(view)}${facts(view)}
<footer>This page is one file: it loads nothing, runs nothing and can be sent as it is. The same figures for programs are in the report written by --report.</footer>
</main>
</body>
</html>
`
  return page.markup
}

function isPressing({ tone }: { tone: Tone }): boolean {
  return tone === "bad"
}

function tiles({ tiles }: ReportView): Markup {
  return html`<dl class="tiles">${tiles.map(
    ({ label, value, note }) =>
      html`<div class="tile"><dt>${label}</dt><dd>${value}<small>${note}</small></dd></div>`,
  )}</dl>`
}

function checks({ checks }: ReportView): Markup | null {
  if (checks.length === 0) return null
  return html`<section><h2>What was checked</h2><div class="panel">${checks.map(
    ({ label, tone, result, detail }) =>
      html`<div class="row check"><strong>${label}</strong><span class="badge ${tone}">${result}</span><span class="muted">${detail}</span></div>`,
  )}</div></section>`
}

function kinds({ kinds }: ReportView): Markup {
  return html`<section><h2>Row by row</h2><div class="panel">${kinds.map(
    ({ label, shares }) =>
      html`<div class="row kind"><strong>${label}</strong><div>${bar(shares)}${legend(shares)}</div></div>`,
  )}</div></section>`
}

const workspacesShown = 200

function workspaces({ workspaces }: ReportView): Markup | null {
  if (workspaces.length === 0) return null
  const more = workspaces.length - workspacesShown
  return html`<section><h2>Workspaces</h2><div class="panel">${workspaces
    .slice(0, workspacesShown)
    .map(
      ({ id, counts, shares, note }) =>
        html`<div class="row workspace"><span class="name">${id}</span><span class="muted small">${counts}</span><div>${bar(shares)}<span class="muted small">${note}</span></div></div>`,
    )}${more > 0 && html`<div class="more">… and ${formatCount(more)} more, in the report for programs.</div>`}</div></section>`
}

function parity({ parity }: ReportView): Markup | null {
  if (parity === null) return null
  return html`<section><h2>The same questions, the same answers</h2><p>For a sample of stored vectors the ${parity.neighbours} nearest neighbours were found in the source by comparing every vector, and asked of the target.</p><div class="panel">${parity.meters.map(
    ({ label, share, note }) =>
      html`<div class="row meter"><strong>${label}</strong>${bar([
        { label, count: share ?? 0, tone: "good" },
        { label: "", count: 1 - (share ?? 0), tone: "neutral" },
      ])}<b>${formatShare(share === null ? null : share * 100)}</b><span class="muted small">${note}</span></div>`,
  )}<div class="samples"><p>Each mark is one sampled vector: a square where the answers are the same, a disc where they are not.</p>${parity.samples.map(
    ({ tone, label }) => html`<i class="${tone}" title="${label}"></i>`,
  )}</div></div></section>`
}

function timings({ timings }: ReportView): Markup | null {
  const longest = Math.max(...timings.map(({ milliseconds }) => milliseconds), 1)
  if (timings.length === 0) return null
  return html`<section><h2>Where the time went</h2><div class="panel">${timings.map(
    ({ label, milliseconds }) =>
      html`<div class="row timing"><span>${label}</span><svg class="bar" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true"><rect height="8" width="${Math.round((milliseconds / longest) * 1_000)}"/></svg><b>${formatDuration(milliseconds)}</b></div>`,
  )}</div></section>`
}

function facts({ facts }: ReportView): Markup {
  return html`<section><h2>Particulars</h2><div class="panel"><dl class="facts">${facts.map(
    ({ label, value, isCode }) =>
      html`<dt>${label}</dt><dd>${isCode ? html`<code>${value}</code>` : value}</dd>`,
  )}</dl></div></section>`
}

/** Shares of one length; a share that is there is never too thin to be seen. */
function bar(shares: Share[]): Markup {
  const total = shares.reduce((sum, { count }) => sum + count, 0)
  const least = 8
  let start = 0
  const rects = shares
    .filter(({ count }) => count > 0)
    .map(({ count, tone }) => {
      const width = Math.max((count / total) * 1_000, least)
      const rect = html`<rect class="${tone}" x="${start.toFixed(1)}" width="${width.toFixed(1)}" height="10"/>`
      start += width
      return rect
    })
  return html`<svg class="bar" viewBox="0 0 ${Math.max(start, 1_000).toFixed(1)} 10" preserveAspectRatio="none" aria-hidden="true">${rects}</svg>`
}

function legend(shares: Share[]): Markup {
  return html`<ul class="legend">${shares
    .filter(({ count }) => count > 0)
    .map(
      ({ label, count, tone }) =>
        html`<li class="${tone}"><b>${formatCount(count)}</b> ${label}</li>`,
    )}</ul>`
}
