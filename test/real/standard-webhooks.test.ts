import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { isRefusal } from '../../src/kernel/result.ts'
import { keyIn, newSecret, signedHeaders } from '../../src/modules/hooks/sign.ts'

const BODY = JSON.stringify({ type: 'incident.opened', incident: { title: 'Überlauf – „Disk“ 🔥' } })

function signed(...secrets: string[]): Record<string, string> {
  const keys = secrets.map(keyIn).map((key) => {
    if (isRefusal(key)) throw new Error(key.message)
    return key
  })
  return signedHeaders(keys, 'dlv_01kaf6e8m0zx3c9q2v7h4t5n8p', Date.now(), BODY)
}

/** What the library for receivers reads, or why it does not. */
async function verify(secret: string, headers: Record<string, string>): Promise<unknown> {
  const program = join(import.meta.dirname, 'standard-webhooks.mjs')
  const { stdout } = await promisify(execFile)(process.execPath, [program, secret, JSON.stringify(headers), BODY], { timeout: 20_000 })
  return JSON.parse(stdout)
}

test('the library of Standard Webhooks takes our signature, by either secret while one is replaced, and no other', async () => {
  const [newest, older, other] = [newSecret(), newSecret(), newSecret()]
  expect(await verify(newest, signed(newest))).toEqual(JSON.parse(BODY))
  expect(await verify(older, signed(newest, older))).toEqual(JSON.parse(BODY))
  await expect(verify(other, signed(newest, older))).rejects.toThrow('No matching signature')
})
