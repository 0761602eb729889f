import type { RawReply } from '../platform/http.ts'
import { html, type Markup, trusted } from './html.ts'
import { brand, peal } from './marks.ts'
import { pageReply } from './shell.ts'
import { signInSheet } from './sign-in-style.ts'

/** A button, because mail scanners and previews open every link they see. */
export function signInPage(): RawReply {
  return page(
    200,
    'Sign in',
    html`<form method="post"><button class="button">Sign in</button></form>
<p class="small">This signs you in on this browser. The link works once, for 15 minutes.</p>`,
  )
}

export function linkOverPage(): RawReply {
  return page(
    410,
    'This sign-in link is over',
    html`<p>It has been used, or is older than 15 minutes.</p>
<p>Whoever runs this server makes another with <code>tocsin login-link</code>.</p>
<a class="button" href="/">Open Tocsin</a>
<p class="small">Already signed in on this browser? Then this is all you need.</p>`,
  )
}

/** Another site tried to sign this browser in, perhaps as somebody else. */
export function foreignPage(): RawReply {
  return page(
    403,
    'Nothing was done',
    html`<p>A page of another site tried to sign you in here. If you want to, open the link from your message and sign in on its page.</p>`,
  )
}

function page(status: number, title: string, way: Markup): RawReply {
  return pageReply({
    status,
    title: `${title} · Tocsin`,
    theme: 'light dark',
    sheet: signInSheet,
    body: html`<div class="sign-in"><header class="side">${brand}${peal}
<p class="promise">A page always ends at a person. One tap to acknowledge, and every decision on the way can be read.</p></header>
<main><div class="way"><h1>${title}</h1>${way}${PAGED}</div></main></div>`,
  })
}

const PAGED = trusted(
  '<p class="small paged"><b>Here because you were paged?</b> Open the link in the page. Its button acknowledges without signing in.</p>',
)
