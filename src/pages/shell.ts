import { createHash } from 'node:crypto'
import { acceptedLanguage, type Language } from '../kernel/language.ts'
import { type RawReply, SECURITY_HEADERS } from '../platform/http.ts'
import { html, type Markup, trusted } from './html.ts'

/** A style sheet that travels inside its page; the page's policy allows it by its hash and nothing else. */
export interface Sheet {
  element: Markup
  policy: string
}

export function sheetOf(css: string): Sheet {
  const text = css.replace(/\n\s*/g, '')
  const hash = createHash('sha256').update(text).digest('base64')
  return {
    element: trusted(`<style>${text}</style>`),
    // The empty icon is a data address: without it browsers ask for /favicon.ico, a second request.
    policy: `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  }
}

export interface Page {
  status: number
  language: Language
  title: string
  theme: 'dark' | 'light dark'
  sheet: Sheet
  body: Markup
}

/** A whole page in one answer: no script, no other request, kept by nobody. */
export function pageReply({ status, language, title, theme, sheet, body }: Page): RawReply {
  const dark = theme === 'dark' && html`<meta name="theme-color" content="#0B0F0E">`
  const document = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="${theme}">${dark}<meta name="robots" content="noindex"><title>${title}</title><link rel="icon" href="data:,">${sheet.element}</head>
<body>${body}</body></html>
`
  return {
    status,
    body: document.text,
    headers: { ...PRIVATE, 'content-security-policy': sheet.policy, 'content-type': 'text/html; charset=utf-8' },
  }
}

/** For addresses that are secrets themselves. */
export const PRIVATE: Record<string, string> = {
  ...SECURITY_HEADERS,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
}

export function jsonReply(status: number, body: unknown): RawReply {
  return { status, body: JSON.stringify(body), headers: { ...PRIVATE, 'content-type': 'application/json; charset=utf-8' } }
}

/** To a page of ours by GET; reloading it sends nothing twice. */
export function seeOther(location: string, more: Record<string, string> = {}): RawReply {
  return { status: 303, body: '', headers: { ...PRIVATE, location, ...more } }
}

/** What the browser asks for, while nobody is known whose language it could be. */
export function languageOf(headers: Record<string, string | string[] | undefined>): Language {
  return acceptedLanguage(headers['accept-language']?.toString())
}

/** Browsers ask for HTML by name; programs do not. */
export function wantsPage(headers: Record<string, string | string[] | undefined>): boolean {
  return String(headers['accept'] ?? '').includes('text/html')
}
