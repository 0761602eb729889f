import { shorten } from '../../kernel/text.ts'
import type { Reply } from './egress.ts'

/** What an answer says, for people. */
export function saidBy({ status, body }: Extract<Reply, { kind: 'answered' }>, secrets: string[]): string {
  if (status >= 300 && status < 400) return 'is a redirect, which is not followed; write the address it leads to'
  return withoutSecrets(body, secrets)
}

/** The first line of what the other side wrote, short, with given secrets and anything that looks like one struck out. */
export function withoutSecrets(body: string, secrets: string[]): string {
  const line =
    body
      .trimStart()
      .slice(0, 4000)
      .split(/[\r\n]/, 1)[0] ?? ''
  const struck = secrets.filter((secret) => secret.length >= 4).reduce((text, secret) => text.replaceAll(secret, '…'), line)
  return shorten(
    struck
      .replace(/[\w+/=.~%-]{32,}/g, '…')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
    120,
  )
}
