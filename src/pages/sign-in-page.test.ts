import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { foreignPage, linkOverPage, signInPage } from './sign-in-page.ts'

test('looking at a sign-in link shows a button and nothing more', () => {
  const page = String(signInPage('en').body)
  expect(page).toContain('<form method="post"><button class="button">Sign in</button></form>')
  expect(page).toContain('The link works once, for 15 minutes.')
})

test('a link that is over names the command that makes another', () => {
  expect(linkOverPage('en')).toMatchObject({ status: 410, body: expect.stringContaining('<code>tocsin login-link</code>') })
})

test('a browser that asks for German gets German', () => {
  expect(String(signInPage('de').body)).toContain('<button class="button">Anmelden</button>')
})

test('the pages are small, hold no script, and allow no style but their own', () => {
  for (const reply of [signInPage('en'), linkOverPage('en'), foreignPage('en')]) {
    const page = String(reply.body)
    const css = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!
    expect(reply.headers!['content-security-policy']).toContain(`style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`)
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    expect(page).not.toMatch(/<script|style="|src=/)
    expect(Buffer.byteLength(page)).toBeLessThan(8_000)
  }
})
