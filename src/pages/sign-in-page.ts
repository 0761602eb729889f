import type { Language } from '../kernel/language.ts'
import type { RawReply } from '../platform/http.ts'
import { html, type Markup } from './html.ts'
import { brand, peal } from './marks.ts'
import { pageReply } from './shell.ts'
import { signInSheet } from './sign-in-style.ts'
import { pageWords } from './words.ts'

/** A button, because mail scanners and previews open every link they see. */
export function signInPage(language: Language): RawReply {
  const say = pageWords[language].signIn
  return page(
    200,
    language,
    say.title,
    html`<form method="post"><button class="button">${say.button}</button></form>
<p class="small">${say.works}</p>`,
  )
}

export function linkOverPage(language: Language): RawReply {
  const say = pageWords[language].signIn
  return page(
    410,
    language,
    say.overTitle,
    html`<p>${say.over}</p>
<p>${say.another} <code>tocsin login-link</code>.</p>
<a class="button" href="/">${say.open}</a>
<p class="small">${say.already}</p>`,
  )
}

/** The database is away. Whether a press before it used the link up is seen when it is opened again. */
export function signInLaterPage(language: Language): RawReply {
  const say = pageWords[language].signIn
  return page(
    503,
    language,
    say.laterTitle,
    html`<p>${say.later} ${say.another} <code>tocsin login-link</code>.</p>
<a class="button" href="">${pageWords[language].link.tryAgain}</a>`,
  )
}

/** Another site tried to sign this browser in, perhaps as somebody else. */
export function foreignPage(language: Language): RawReply {
  const say = pageWords[language].signIn
  return page(403, language, say.foreignTitle, html`<p>${say.foreign}</p>`)
}

function page(status: number, language: Language, title: string, way: Markup): RawReply {
  const say = pageWords[language].signIn
  return pageReply({
    status,
    language,
    title: `${title} · Tocsin`,
    theme: 'light dark',
    sheet: signInSheet,
    body: html`<div class="sign-in"><header class="side">${brand}${peal}
<p class="promise">${say.promise}</p></header>
<main><div class="way"><h1>${title}</h1>${way}<p class="small paged"><b>${say.paged}</b> ${say.pagedLink}</p></div></main></div>`,
  })
}
