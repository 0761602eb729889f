import { shorten } from '../../kernel/text.ts'
import type { Instant } from '../../kernel/time.ts'
import type { PageContent } from '../../modules/paging/index.ts'
import { AS_LINES, factsOf, footer, IN_FULL, nameOf, newestOf, type ShownAlert, subjectOf } from './email-message.ts'
import { ifNobodyActs, oneLine, summaryOf } from './wording.ts'
import { wordsFor } from './words.ts'

/** The mail as mail programs show it: tables and inline styles, because that is what they all know; nothing is loaded from anywhere. */
export function htmlOf(pages: PageContent[], now: Instant): string {
  const [worst, ...others] = pages
  if (!worst) return ''
  const body = others.length === 0 ? wholeCard(worst, now) : bundle(pages, now)
  const duplicate = pages.some((page) => page.page.possiblyDuplicate)
    ? `<p class="t2" style="margin:16px 4px 0;${BODY}color:#43504C;">${escaped(wordsFor(worst).possiblyDuplicate)}</p>`
    : ''
  return `<!doctype html>
<html lang="${worst.person.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subjectOf(pages))}</title>
<style>${STYLE}</style>
</head>
<body class="canvas" style="margin:0;padding:0;background-color:#F3F6F5;">
<div style="display:none;max-height:0;overflow:hidden;">${escaped(summaryOf(worst, now))}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="canvas" style="background-color:#F3F6F5;"><tr><td align="center" style="padding:24px 12px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;"><tr><td align="left" style="font-family:${SANS};">
${body}
${duplicate}
<p class="t3" style="margin:20px 4px 0;font-size:12px;line-height:18px;color:#596662;">${escaped(footer(worst))}</p>
</td></tr></table>
</td></tr></table>
</body>
</html>
`
}

function bundle(pages: PageContent[], now: Instant): string {
  const full = pages.slice(0, IN_FULL)
  const lines = pages.slice(IN_FULL, IN_FULL + AS_LINES)
  const left = pages.length - full.length - lines.length
  const rest = [
    ...lines.map(
      (page) =>
        `<p style="${LINE}">${chip(page)} <a class="link" href="${escaped(page.incident.url)}" style="${LINK}">${escaped(nameOf(page))}</a></p>`,
    ),
    ...(left > 0 ? [`<p class="t2" style="${LINE}">… ${wordsFor(pages[0]!).andMore(left)}.</p>`] : []),
  ]
  return `<h1 class="t1" style="${HEADING}">${wordsFor(pages[0]!).needYou(pages.length)}</h1>
${full.map((page) => briefCard(page, now)).join('\n')}
${rest.length > 0 ? sheet(rest.join('\n')) : ''}`
}

/** Severity at the rim, then what, the facts, what to do, what happens otherwise, and what the monitoring said. */
function wholeCard(page: PageContent, now: Instant): string {
  const rows = factsOf(page, now).map(
    ([name, value]) =>
      `<tr><td class="t3" valign="top" style="padding:2px 16px 2px 0;${BODY}color:#596662;white-space:nowrap;">${name}</td><td class="t1" style="padding:2px 0;${BODY}color:#111917;">${escaped(value)}</td></tr>`,
  )
  const facts = `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px;">${rows.join('')}</table>`
  const next = `<p class="t2" style="${NOTE}">${escaped(oneLine(ifNobodyActs(page)))}</p>`
  const alerts = newestOf(page).map((alert) => alertBlock(alert, wordsFor(page).andMore(alert.labelsLeft)))
  return sheet([headOf(page, HEADING), facts, buttonsOf(page), next, ...alerts].join('\n'), page.incident.severity)
}

function briefCard(page: PageContent, now: Instant): string {
  const facts = `<p class="t2" style="margin:0 0 14px;${BODY}color:#43504C;">${escaped(summaryOf(page, now))}</p>`
  return sheet([headOf(page, SMALL_HEADING), facts, buttonsOf(page)].join('\n'), page.incident.severity)
}

function headOf(page: PageContent, heading: string): string {
  const { number, title, url } = page.incident
  return `<p style="margin:0 0 8px;font-size:13px;line-height:20px;">${chip(page)} <a class="link" href="${escaped(url)}" style="${LINK}">${escaped(number)}</a></p>
<h2 class="t1" style="${heading}">${escaped(shorten(oneLine(title), 300))}</h2>`
}

function buttonsOf(page: PageContent): string {
  const { actions } = page
  const say = wordsFor(page).acts
  const buttons = [
    button(say.acknowledge, actions.acknowledge, 'first'),
    button(say.escalate, actions.escalate),
    button(say.resolve, actions.resolve),
  ]
  return `<div style="margin:0 -8px -8px 0;">${buttons.join('')}</div>`
}

function alertBlock(alert: ShownAlert, more: string): string {
  const labels = alert.labels
    .map(([name, value]) => `<span class="t3" style="color:#596662;">${escaped(name)}</span>&nbsp;=&nbsp;${escaped(value)}<br>`)
    .join('')
  const left = alert.labelsLeft > 0 ? `<span class="t3" style="color:#596662;">${more}</span>` : ''
  return `<div class="line" style="margin:18px 0 0;padding:14px 0 0;border-top:1px solid #E1E7E5;">
<p class="t1" style="margin:0 0 6px;font-size:14px;line-height:21px;font-weight:600;color:#111917;">${escaped(shorten(oneLine(alert.title), 300))}</p>
<p class="t2" style="margin:0;font-family:${MONO};font-size:12px;line-height:19px;color:#43504C;word-break:break-word;">${labels}${left}</p>
</div>`
}

function sheet(content: string, severity?: number): string {
  const rim = severity === undefined ? '' : ` r${place(severity)}`
  const colour = severity === undefined ? '#CBD4D1' : coloursOf(severity).edge
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="sheet${rim}" style="margin:0 0 14px;background-color:#FFFFFF;border:1px solid #E1E7E5;border-top:4px solid ${colour};border-radius:8px;"><tr><td style="padding:20px 22px 22px;">
${content}
</td></tr></table>`
}

function chip({ incident: { severity } }: PageContent): string {
  const { fill, text, edge } = coloursOf(severity)
  const style = `display:inline-block;padding:0 8px;border:1px solid ${edge};border-radius:4px;background-color:${fill};color:${text};font-size:12px;line-height:20px;font-weight:700;`
  return `<span class="s${place(severity)}" style="${style}">SEV${severity}</span>`
}

/** A table with a ground of its own: also a button where styles of links are ignored. Side by side where there is room. */
function button(label: string, url: string, rank: 'first' | 'other' = 'other'): string {
  const [cell, link, ground, ink] =
    rank === 'first'
      ? ['primary', 'on-primary', 'background-color:#0C6A5E;border:1px solid #0C6A5E;', '#FFFFFF']
      : ['secondary', 't1', 'background-color:#FFFFFF;border:1px solid #828F8B;', '#111917']
  const style = `display:inline-block;padding:12px 16px;font-size:15px;line-height:20px;font-weight:600;color:${ink};text-decoration:none;`
  return `<div style="display:inline-block;margin:0 8px 8px 0;"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="${cell}" align="center" style="border-radius:6px;${ground}"><a class="${link}" href="${escaped(url)}" style="${style}">${label}</a></td></tr></table></div>`
}

/** Every value from outside passes here on its way into HTML, attributes included. */
function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** The product's own severity colours: far apart for every kind of colour vision, and always with the word beside them. */
const LIGHT = [
  { fill: '#630532', text: '#FFFFFF', edge: '#630532' },
  { fill: '#D63E07', text: '#FFFFFF', edge: '#D63E07' },
  { fill: '#FCD052', text: '#2B2000', edge: '#9A7609' },
  { fill: '#2773D6', text: '#FFFFFF', edge: '#2773D6' },
  { fill: '#C2CAD6', text: '#1E2733', edge: '#707B8B' },
]

const DARK = [
  { fill: '#EE9AAF', text: '#2A0313', edge: '#EE9AAF' },
  { fill: '#F24204', text: '#160300', edge: '#F24204' },
  { fill: '#FFEF94', text: '#2B2300', edge: '#FFEF94' },
  { fill: '#6793F6', text: '#04102B', edge: '#6793F6' },
  { fill: '#454E5D', text: '#FFFFFF', edge: '#808DA2' },
]

function coloursOf(severity: number): (typeof LIGHT)[number] {
  return LIGHT[place(severity) - 1]!
}

/** 1 to 5, whatever comes. */
function place(severity: number): number {
  return Math.min(Math.max(Math.trunc(severity) || LIGHT.length, 1), LIGHT.length)
}

const SANS = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
const MONO = 'ui-monospace,SFMono-Regular,Menlo,Consolas,monospace'
const BODY = 'font-size:14px;line-height:21px;'
const HEADING = 'margin:0 0 14px;font-size:22px;line-height:30px;font-weight:650;color:#111917;'
const SMALL_HEADING = 'margin:0 0 8px;font-size:17px;line-height:24px;font-weight:650;color:#111917;'
const NOTE = `margin:16px 0 0;${BODY}color:#43504C;`
const LINE = 'margin:0 0 8px;font-size:14px;line-height:22px;'
const LINK = 'color:#0A6156;'

/** Mail programs that know dark mode take these; the others show the inline light colours. */
const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .canvas { background-color: #0B0F0E !important; }
  .sheet { background-color: #121817 !important; border-left-color: #333F3B !important; border-right-color: #333F3B !important; border-bottom-color: #333F3B !important; }
  .line { border-color: #333F3B !important; }
  .t1 { color: #E9EFED !important; }
  .t2 { color: #B0BCB8 !important; }
  .t3 { color: #8F9C98 !important; }
  .link { color: #72D2C1 !important; }
  .primary { background-color: #5CC6B4 !important; border-color: #5CC6B4 !important; }
  .on-primary { color: #05211C !important; }
  .secondary { background-color: #121817 !important; border-color: #6F7E79 !important; }
${DARK.map(
  (
    { fill, text, edge },
    i,
  ) => `  .s${i + 1} { background-color: ${fill} !important; color: ${text} !important; border-color: ${edge} !important; }
  .r${i + 1} { border-top-color: ${edge} !important; }`,
).join('\n')}
}
@media (max-width: 420px) {
  .primary a, .secondary a { padding-left: 11px !important; padding-right: 11px !important; }
}
`
