import type { RawReply } from '../platform/http.ts'
import { html, type Markup } from './html.ts'
import { severityMark, tick } from './marks.ts'
import { ago, inBothZones, inZone } from './moments.ts'
import type { NightFacts } from './night-facts.ts'
import { nextText } from './night-next.ts'
import { nightSheet } from './night-style.ts'
import { pageReply } from './shell.ts'

/** What a woken person sees: seven facts in reading order, the one button under the thumb. */
export function nightPage(facts: NightFacts): RawReply {
  const { severity, title, reader, now } = facts
  const rank = `SEV${severity}`
  return pageReply({
    status: 200,
    title: `${rank} ${title} · page for ${reader.displayName}`,
    theme: 'dark',
    sheet: nightSheet,
    body: html`<main class="rank-${severity}"><div class="rim"></div>
<p class="top">${severityMark(severity, 24)}${rank}<span>INC-${facts.number}, ${facts.level}, ${ago(now - facts.since)}</span></p>
<h1 dir="auto">${title}</h1>
${facts.impact !== null && html`<p class="impact" dir="auto">${facts.impact}</p>`}
<p class="since">Since ${inBothZones(facts.since, now, reader.zone)}.</p>
<dl>${rows(facts)}</dl>
${alertList(facts)}
<div class="acts">${acts(facts)}<p class="who">For ${reader.displayName}. ${facts.status === 'detected' ? 'Opening this does not acknowledge.' : 'Opening this changes nothing.'}</p></div>
</main>`,
  })
}

function rows(facts: NightFacts): Markup[] {
  const { now, reader, reference, service, where, status } = facts
  const next = nextText(facts.next, now, reader.zone)
  const label = status === 'detected' ? 'If you wait' : 'Escalation'
  const places = where.map(([name, value]) => html`<small>${name} <span>${value}</span></small> `)
  return [
    row(label, html`<b class="${next.tone}">${next.text}</b> ${next.detail !== '' && html`<small>${next.detail}</small>`}`),
    ...(service !== null || where.length > 0
      ? [row('Where', html`${service !== null && html`<b>${service}</b> `}${places}`, 'places')]
      : []),
    ...(reference ? [row(reference.label, html`<a href="${reference.href}" rel="noreferrer noopener">${reference.text}</a>`)] : []),
    row('Incident', html`<a href="/i/${facts.number}">INC-${facts.number}</a> <small>after signing in</small>`),
  ]
}

function row(label: string, content: Markup, kind?: 'places'): Markup {
  return html`<div><dt>${label}</dt><dd${kind && html` class="${kind}"`}>${content}</dd></div>`
}

function alertList({ alerts, now }: NightFacts): Markup | false {
  const { total, open, newest } = alerts
  if (total === 0) return false
  const lines = newest.map(
    (alert) =>
      html`<li>${severityMark(alert.severity, 16, `SEV${alert.severity}`)}<span dir="auto">${alert.title}</span><small>${alert.open ? ago(now - alert.openedAt) : 'ended'}</small></li>`,
  )
  const more = total > newest.length && html`<p>${total - newest.length} more in the incident.</p>`
  const count = open === total ? `${total} open` : `${open} of ${total} open`
  return html`<details><summary><span>Alerts</span><b>${count}</b><i>${newest[0]?.title}</i></summary><ol>${lines}</ol>${more}</details>`
}

/** Buttons keep their places whatever the state, so that a second tap never lands on another action. */
function acts(facts: NightFacts): Markup[] {
  const { status, now, reader, taken, actions, escalatedAt, hasPolicy } = facts
  const filled = primary(facts)
  const button = (action: keyof typeof actions, word: string) =>
    html`<form method="post" action="/l/${actions[action]}" class="${action}"><button${action === filled && html` class="filled"`}>${word}</button></form>`
  if (status === 'resolved') return [done('Resolved', facts)]
  return [
    status === 'acknowledged' && taken ? done('Acknowledged', facts) : button('acknowledge', 'Acknowledge'),
    ...(!hasPolicy
      ? []
      : escalatedAt === null
        ? [button('escalate', 'Escalate now')]
        : [html`<p class="escalated">${tick}Escalated ${inZone(escalatedAt, now, reader.zone)}</p>`]),
    button('resolve', 'Resolve'),
  ]
}

/** The one filled button: what the link was made for, as long as that can be done. */
function primary({ status, wanted, escalatedAt, hasPolicy }: NightFacts): NightFacts['wanted'] | null {
  if (wanted === 'escalate' && (escalatedAt !== null || !hasPolicy)) return status === 'detected' ? 'acknowledge' : null
  return wanted === 'acknowledge' && status !== 'detected' ? null : wanted
}

function done(word: 'Acknowledged' | 'Resolved', { taken, now, reader }: NightFacts): Markup {
  if (!taken) return html`<p class="done" role="status">${tick}<span><b>${word}</b></span></p>`
  const by = taken.by === 'alerts ended' ? ': its alerts ended' : ` by ${taken.by}`
  return html`<p class="done" role="status">${tick}<span><b>${word}${by}</b><small>${inBothZones(taken.at, now, reader.zone)}</small></span></p>`
}
