import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isRefusal } from '../../kernel/result.ts'
import { keyIn, newSecret, signedHeaders } from './sign.ts'

// The example of the Standard Webhooks specification's libraries.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
const NOW = 1614265330_000
const BODY = '{"test": 2432232314}'

const key = (secret: string) => {
  const found = keyIn(secret)
  if (isRefusal(found)) throw new Error(found.message)
  return found
}

test('a body is signed as Standard Webhooks says', () => {
  expect(signedHeaders([key(SECRET)], ID, NOW, BODY)).toEqual({
    'webhook-id': ID,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('while a secret is replaced both sign, the newest first', () => {
  const newest = newSecret()
  expect(newest).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const both = signedHeaders([key(newest), key(SECRET)], ID, NOW, BODY)['webhook-signature']!.split(' ')
  expect(both[0]).toBe(signedHeaders([key(newest)], ID, NOW, BODY)['webhook-signature'])
  expect(both[1]).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test.each(['', 'whsec_', 'whsec_short', 'a secret with words in it', 'whsec_MfKQ9r8GKYqr TwjUPD8ILPZIo2LaLaSw'])(
  '‹%s› signs nothing',
  (secret) => {
    expect(keyIn(secret)).toMatchObject({ refusal: 'unusable', message: expect.stringContaining('tocsin hook secret') })
  },
)

test('the example in the docs takes what is genuine, and nothing that was changed, is old, or was signed by others', async () => {
  const [, code = ''] = /^```js\n(.*?)^```$/ms.exec(readFileSync('docs/webhooks.md', 'utf8')) ?? []
  const { isGenuine } = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as {
    isGenuine(secret: string, headers: Record<string, string>, body: Buffer): boolean
  }
  const body = Buffer.from(BODY)
  const now = Date.now()
  const headers = signedHeaders([key(newSecret()), key(SECRET)], ID, now, BODY)
  expect(isGenuine(SECRET, headers, body)).toBe(true)
  expect(isGenuine(newSecret(), headers, body)).toBe(false)
  expect(isGenuine(SECRET, headers, Buffer.from(BODY.replace('2', '3')))).toBe(false)
  expect(isGenuine(SECRET, { ...headers, 'webhook-id': 'msg_another' }, body)).toBe(false)
  expect(isGenuine(SECRET, signedHeaders([key(SECRET)], ID, now - 600_000, BODY), body)).toBe(false)
})
