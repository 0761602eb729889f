import type { RawReply } from '../platform/http.ts'
import { html, type Markup } from './html.ts'
import type { Over } from './link-over.ts'
import { brand } from './marks.ts'
import { plainNightSheet } from './night-style.ts'
import { pageReply } from './shell.ts'

/** One sentence on why, for the page and for programs. */
export function overText(over: Over): string {
  switch (over) {
    case 'old':
      return 'It was made more than 30 days ago.'
    case 'resolved':
      return 'Its incident was resolved more than 24 hours ago.'
    case 'person':
      return 'The person it was sent to is not in this installation any more.'
    case 'contact':
      return 'The contact it was sent to has been changed or removed.'
    case 'gone':
      return 'Its incident is not kept any more.'
  }
}

export const UNKNOWN_TEXT = 'It is not one of this installation, or a part of it got lost on the way.'
export const FAILED_TEXT =
  'The server could not answer just now. As long as nobody has acknowledged, the escalation goes on. Trying again does no harm.'

/** A link that was good once. Only people it still belongs to are led to the incident. */
export function overPage(over: Over, number: number | undefined): RawReply {
  const isTheirs = over === 'old' || over === 'resolved'
  const open = isTheirs && number !== undefined ? signIn(`/i/${number}`, `Sign in to see INC-${number}`) : signIn('/', 'Sign in')
  return plain(
    410,
    'This link is over',
    [overText(over), 'Nothing was done. What is open now, and who has it, is there after signing in.'],
    open,
  )
}

export function unknownPage(): RawReply {
  return plain(
    404,
    'This link leads nowhere',
    [`${UNKNOWN_TEXT} Copy the whole link from the message, or sign in: what is open now is there.`],
    signIn('/', 'Sign in'),
  )
}

/** The database is away, or we failed: said in the same look, with the same one thing to do. */
export function failedPage(retry: Markup): RawReply {
  const reply = plain(503, 'That did not work', [FAILED_TEXT], retry)
  return { ...reply, headers: { ...reply.headers, 'retry-after': '5' } }
}

/** The same address again, by the same method. */
export function tryAgain(method: string): Markup {
  return method === 'POST'
    ? html`<form method="post"><button class="button filled">Try again</button></form>`
    : html`<a class="button filled" href="">Try again</a>`
}

function signIn(href: string, text: string): Markup {
  return html`<a class="button filled" href="${href}">${text}</a>`
}

function plain(status: number, title: string, sentences: string[], act: Markup): RawReply {
  const body = html`<main>${brand}<h1>${title}</h1>${sentences.map((text) => html`<p>${text}</p>`)}<div class="acts">${act}</div></main>`
  return pageReply({ status, title: `${title} · Tocsin`, theme: 'dark', sheet: plainNightSheet, body })
}
