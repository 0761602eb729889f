import { createHmac } from 'node:crypto'
import type { Channel, PageContent } from '../../modules/paging/index.ts'
import { webAddress } from './address.ts'
import { outcomeOf, TIMEOUT_MS } from './answer.ts'

/** A page to a program. The shape of the body is a promise to users: add to it, change nothing. */
export const webhook: Channel = {
  name: 'webhook',
  icon: 'webhook',
  title: { en: 'Webhook', de: 'Webhook' },
  choice: { en: 'Webhook', de: 'Webhook-Aufruf' },
  about: 'a POST with JSON, `Idempotency-Key`, signed with `X-Tocsin-Signature: v1=HMAC-SHA256(body)` when the contact has a secret',
  address: {
    schema: webAddress,
    hint: { en: 'https://hooks.example.org/ada', de: 'Etwa https://hooks.example.org/ada' },
    example: 'https://hooks.example.org/ada',
  },
  secret: { required: false, hint: { en: 'Signs what is sent.', de: 'Unterschreibt, was gesendet wird.' } },
  can: { acknowledge: 'by a program', bundle: true, reaches: 'a program' },
  leadsTo: (address) => address,

  async send({ idempotencyKey, pages }, contact, { request, now }) {
    const body = JSON.stringify(bodyOf(idempotencyKey, pages))
    const signature = contact.secret === undefined ? undefined : `v1=${createHmac('sha256', contact.secret).update(body).digest('hex')}`
    const reply = await request({
      method: 'POST',
      url: contact.address,
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': idempotencyKey,
        ...(signature && { 'X-Tocsin-Signature': signature }),
      },
      body,
      timeoutMs: TIMEOUT_MS,
    })
    return outcomeOf(reply, now, secretsIn(contact.address, contact.secret, signature, pages))
  },
}

/** A message under a page's own id is that page; under any other id it is a bundle, also when only one page is left in it. */
function bodyOf(idempotencyKey: string, pages: PageContent[]) {
  const [first, ...others] = pages
  if (first && others.length === 0 && first.page.id === idempotencyKey) return { type: 'page', ...onePage(first), person: person(first) }
  return { type: 'pages', ...(first && { person: person(first) }), pages: pages.map(onePage) }
}

function person({ person: { name, displayName } }: PageContent) {
  return { name, displayName }
}

function onePage({ page, incident, alerts, actions }: PageContent) {
  return { page, incident, alerts: { count: alerts.count, newest: alerts.newest.slice(0, 20) }, actions }
}

function secretsIn(address: string, secret: string | undefined, signature: string | undefined, pages: PageContent[]): string[] {
  const { pathname, search, username, password } = new URL(address)
  const links = pages.flatMap(({ actions }) => [actions.acknowledge, actions.resolve, actions.escalate])
  return [address, pathname + search, search, username, password, secret ?? '', signature ?? '', ...links]
}
