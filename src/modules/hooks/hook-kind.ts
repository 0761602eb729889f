import { mendFor, type WrittenKind } from '../documents/index.ts'
import { masked } from '../people/index.ts'
import { EVENT_TYPES } from '../timeline/index.ts'
import { Hook, type HookSpec, WEB_ADDRESS } from './hook.ts'

export const hookKind: WrittenKind<HookSpec> = {
  ...Hook,
  plural: 'hooks',
  alsoCalled: ['outgoingwebhook', 'webhooksubscription', 'subscription'],
  check({ url, events }, { checkUrl }, wrong) {
    if (typeof url === 'string' && url.includes('…'))
      wrong(['spec', 'url'], 'is masked, as in an export by somebody who may not change it; write the whole address')
    else if (typeof url === 'string' && WEB_ADDRESS.test(url)) {
      const problem = checkUrl?.(url)
      if (problem !== undefined) wrong(['spec', 'url'], problem)
    }
    if (!Array.isArray(events)) return
    for (const [i, event] of events.entries())
      if (typeof event === 'string' && !KNOWN.includes(event))
        wrong(['spec', 'events', i], `‹${event.slice(0, 100)}› is not an event${mendFor(event, KNOWN, 'the events are')}`)
  },
  secretsIn: ({ secret, olderSecret }) => [
    ...(secret ? [{ path: ['spec', 'secret'], secret }] : []),
    ...(olderSecret ? [{ path: ['spec', 'olderSecret'], secret: olderSecret }] : []),
  ],
  warnings: ({ name, spec: { secret } }) =>
    secret
      ? []
      : [{ path: ['spec'], message: `has no secret to sign with, so that nothing is sent; \`tocsin hook secret ${name}\` makes one` }],
  /** An address may hold a key: whole for who may change it. */
  guarded: { key: 'url', mask: masked, isWholeFor: (caller) => caller.permits('config:write') },
}

const NOUNS = [...new Set(EVENT_TYPES.map((type) => `${type.slice(0, type.indexOf('.'))}.*`))]
const KNOWN: string[] = [...EVENT_TYPES, ...NOUNS]
