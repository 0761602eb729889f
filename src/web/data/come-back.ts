import { keptInTab } from '../browser.ts'

const KEY = 'tocsin.come-back-to'

/** Where a person was when they had to sign in; the page that signs them in knows nothing of it. */
export function comeBackTo(href: string): void {
  keptInTab.write(KEY, href)
}

/** Asked once, at the start, where signing in leads. */
export function takeComeBack(): string | undefined {
  const href = insideOnly(keptInTab.read(KEY))
  keptInTab.drop(KEY)
  return href
}

/** An address that was handed in from outside may not lead outside. */
export function insideOnly(href: string | null | undefined): string | undefined {
  return href && /^\/(?![/\\])/.test(href) && !href.startsWith('/sign-in') ? href : undefined
}
