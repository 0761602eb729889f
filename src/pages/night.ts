import { agoText, momentText } from '../kernel/moment.ts'
import { mayAcknowledge, mayEscalate, mayResolve } from '../modules/incidents/index.ts'
import type { RawReply } from '../platform/http.ts'
import { html, type Markup } from './html.ts'
import { severityMark, tick } from './marks.ts'
import type { NightFacts } from './night-facts.ts'
import { nextText } from './night-next.ts'
import { nightSheet } from './night-style.ts'
import { pageReply } from './shell.ts'
import { pageWords } from './words.ts'

/** What a woken person sees: seven facts in reading order, the one button under the thumb. */
export function nightPage(facts: NightFacts): RawReply {
  const { severity, title, reader, now } = facts
  const rank = `SEV${severity}`
  const { language } = reader
  const say = pageWords[language].night
  return pageReply({
    status: 200,
    language,
    title: say.document(`${rank} ${title}`, reader.displayName),
    theme: 'dark',
    sheet: nightSheet,
    body: html`<main class="rank-${severity}"><div class="rim"></div>
<p class="top">${severityMark(severity, 24)}${rank}<span>INC-${facts.number}, ${facts.level === 'catch-all' ? say.catchAll : say.level(facts.level)}, ${agoText(now - facts.since, language)}</span></p>
<h1 dir="auto">${title}</h1>
${facts.impact !== null && html`<p class="impact" dir="auto">${facts.impact}</p>`}
<p class="since">${say.since(momentText(facts.since, now, reader))}</p>
<dl>${rows(facts)}</dl>
${alertList(facts)}
<div class="acts">${acts(facts)}<p class="who">${say.forReader(reader.displayName)} ${mayAcknowledge(facts) === 'yes' ? say.opening : say.openingChangesNothing}</p></div>
</main>`,
  })
}

function rows(facts: NightFacts): Markup[] {
  const { now, reader, reference, service, where } = facts
  const say = pageWords[reader.language].night
  const next = nextText(facts.next, now, reader)
  const label = mayAcknowledge(facts) === 'yes' ? say.ifYouWait : say.escalation
  const places = where.map(([name, value]) => html`<small>${name} <span>${value}</span></small> `)
  return [
    row(label, html`<b class="${next.tone}">${next.text}</b> ${next.detail !== '' && html`<small>${next.detail}</small>`}`),
    ...(service !== null || where.length > 0
      ? [row(say.where, html`${service !== null && html`<b>${service}</b> `}${places}`, 'places')]
      : []),
    ...(reference ? [row(say[reference.kind], html`<a href="${reference.href}" rel="noreferrer noopener">${reference.text}</a>`)] : []),
    row(
      say.incident,
      html`<a href="/i/${facts.number}">INC-${facts.number}</a> <small>${facts.joined !== null && html`<span dir="auto">${facts.joined}</span>, `}${say.afterSigningIn}</small>`,
    ),
  ]
}

function row(label: string, content: Markup, kind?: 'places'): Markup {
  return html`<div><dt>${label}</dt><dd${kind && html` class="${kind}"`}>${content}</dd></div>`
}

function alertList({ alerts, now, reader: { language } }: NightFacts): Markup | false {
  const { total, open, newest } = alerts
  if (total === 0) return false
  const say = pageWords[language].night
  const lines = newest.map(
    (alert) =>
      html`<li>${severityMark(alert.severity, 16, `SEV${alert.severity}`)}<span dir="auto">${alert.title}</span><small>${alert.open ? agoText(now - alert.openedAt, language) : say.ended}</small></li>`,
  )
  const more = total > newest.length && html`<p>${say.more(total - newest.length)}</p>`
  return html`<details><summary><span>${say.alerts}</span><b>${say.open(open, total)}</b><i>${newest[0]?.title}</i></summary><ol>${lines}</ol>${more}</details>`
}

/** Buttons keep their places whatever the state, so that a second tap never lands on another action. */
function acts(facts: NightFacts): Markup[] {
  const { now, reader, taken, actions, escalatedAt, declared } = facts
  const filled = primary(facts)
  const say = pageWords[reader.language].night
  const button = (action: keyof typeof actions) =>
    html`<form method="post" action="/l/${actions[action]}" class="${action}"><button${action === filled && html` class="filled"`}>${say.acts[action]}</button></form>`
  if (mayResolve(facts) === 'already') return [done(facts)]
  return [
    mayAcknowledge(facts) === 'already' && taken ? done(facts) : button('acknowledge'),
    ...(mayEscalate(facts) !== 'yes'
      ? []
      : escalatedAt === null
        ? [button('escalate')]
        : [html`<p class="escalated">${tick}${say.escalated(momentText(escalatedAt, now, reader))}</p>`]),
    // What is declared is resolved where its checks are seen.
    ...(declared ? [] : [button('resolve')]),
  ]
}

/** The one filled button: what the link was made for, as long as that can be done. */
function primary(facts: NightFacts): NightFacts['wanted'] | null {
  const { wanted: asked, escalatedAt, declared } = facts
  const wanted = asked === 'resolve' && declared ? 'acknowledge' : asked
  const acknowledge = mayAcknowledge(facts) === 'yes' ? 'acknowledge' : null
  if (wanted === 'escalate') return escalatedAt !== null || mayEscalate(facts) !== 'yes' ? acknowledge : wanted
  return wanted === 'acknowledge' ? acknowledge : wanted
}

function done(facts: NightFacts): Markup {
  const { taken, now, reader } = facts
  const say = pageWords[reader.language].night.done
  const word = mayResolve(facts) === 'already' ? say.resolved : say.acknowledged
  if (!taken) return html`<p class="done" role="status">${tick}<span><b>${word(null)}</b></span></p>`
  const told = taken.by === 'alerts ended' ? say.resolvedByAlerts : word(taken.by)
  return html`<p class="done" role="status">${tick}<span><b>${told}</b><small>${momentText(taken.at, now, reader)}</small></span></p>`
}
