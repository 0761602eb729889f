import type { Language } from '../kernel/language.ts'
import type { RawReply } from '../platform/http.ts'
import { html, type Markup } from './html.ts'
import type { Over } from './link-over.ts'
import { brand } from './marks.ts'
import { plainNightSheet } from './night-style.ts'
import { pageReply } from './shell.ts'
import { pageWords } from './words.ts'

/** A link that was good once. Only people it still belongs to are led to the incident. */
export function overPage(over: Over, number: number | undefined, language: Language): RawReply {
  const say = pageWords[language].link
  if (over === 'test') return plain(200, language, say.wasTest, [say.over.test], signIn('/', say.signIn))
  const isTheirs = over === 'old' || over === 'resolved'
  const open = isTheirs && number !== undefined ? signIn(`/i/${number}`, say.signInToSee(`INC-${number}`)) : signIn('/', say.signIn)
  return plain(410, language, say.isOver, [say.over[over], say.nothingDone], open)
}

export function unknownPage(language: Language): RawReply {
  const say = pageWords[language].link
  return plain(404, language, say.leadsNowhere, [`${say.unknown} ${say.copyWhole}`], signIn('/', say.signIn))
}

/** The database is away, or we failed: said in the same look, with the same one thing to do. */
export function failedPage(method: string, language: Language): RawReply {
  const say = pageWords[language].link
  const reply = plain(503, language, say.didNotWork, [say.failed], tryAgain(method, say.tryAgain))
  return { ...reply, headers: { ...reply.headers, 'retry-after': '5' } }
}

/** The same address again, by the same method. */
function tryAgain(method: string, word: string): Markup {
  return method === 'POST'
    ? html`<form method="post"><button class="button filled">${word}</button></form>`
    : html`<a class="button filled" href="">${word}</a>`
}

function signIn(href: string, text: string): Markup {
  return html`<a class="button filled" href="${href}">${text}</a>`
}

function plain(status: number, language: Language, title: string, sentences: string[], act: Markup): RawReply {
  const body = html`<main>${brand}<h1>${title}</h1>${sentences.map((text) => html`<p>${text}</p>`)}<div class="acts">${act}</div></main>`
  return pageReply({ status, language, title: `${title} · Tocsin`, theme: 'dark', sheet: plainNightSheet, body })
}
