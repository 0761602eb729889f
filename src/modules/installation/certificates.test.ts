import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../kernel/time.ts'
import { type Document, snapshotOf } from '../documents/index.ts'
import { Person } from '../people/index.ts'
import { certificatesRoom, endingSoon, serversOf } from './certificates.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')

const channels = [
  { name: 'hook', leadsTo: (address: string) => address },
  { name: 'bot', leadsTo: () => 'https://api.bot.example' },
  { name: 'mail' },
] as unknown as Parameters<typeof serversOf>[1]['channels']

function people(...contacts: [channel: string, address: string][]) {
  const spec = { contacts: contacts.map(([channel, address], i) => ({ name: `c${i}`, channel, address })) }
  const ada = { kind: Person.name, name: 'ada', spec, version: 1, origin: { kind: 'api' }, changedAt: NOW, changedBy: 'x' }
  return snapshotOf([ada as Document<unknown>])
}

test('each server behind a contact is looked at once, ours and its mail included; what speaks no TLS is not', () => {
  const snapshot = people(
    ['hook', 'https://push.example/ada'],
    ['hook', 'https://push.example/ada-again'],
    ['hook', 'http://plain.example/'],
    ['bot', '12345'],
    ['mail', 'ada@example.org'],
  )
  const told = serversOf(snapshot, { channels, settings: { mail: { server: 'smtps://mail.example' } } }, 'https://tocsin.example:8443')
  expect(told).toEqual([
    { host: 'tocsin.example', port: 8443, isOurs: true },
    { host: 'mail.example', port: 465, isOurs: true },
    { host: 'push.example', port: 443, isOurs: false },
    { host: 'api.bot.example', port: 443, isOurs: false },
  ])
  expect(serversOf(people(), { channels, settings: { mail: { server: 'smtp://mail.example:587' } } }, 'http://localhost:3000')).toEqual([])
})

test('a certificate that ends within fourteen days is told, with its day, the nearest first', () => {
  const endsAt = new Map([
    ['far.example', NOW + 14 * DAY],
    ['soon.example', NOW + 14 * DAY - 1],
    ['gone.example', NOW - HOUR],
  ])
  expect(endingSoon(endsAt, NOW)).toEqual([
    'the certificate of gone.example ended on 2026-11-30; nothing is delivered there until it is renewed',
    'the certificate of soon.example ends on 2026-12-14; renew it before, or nothing is delivered there any more',
  ])
})

test('they are looked at every six hours; one that was renewed is told no more, one that does not answer says nothing', async () => {
  let now = NOW
  const ends: Record<string, number | undefined> = { 'push.example': NOW + DAY, 'tocsin.example': undefined }
  const asked: string[] = []
  const room = certificatesRoom({
    db: { sql: undefined as never },
    documents: { fresh: async () => people(['hook', 'https://push.example/ada']) } as never,
    clock: { now: () => now },
    egress: {
      certificateEndsAt: async ({ host }) => {
        asked.push(host)
        return ends[host]
      },
    },
    publicUrl: () => 'https://tocsin.example',
    settings: { mail: null },
    channels,
  })
  const look = async () => {
    await room.loops[0]!.tick(now)
    await room.loops[0]!.quiet()
  }
  await look()
  expect([asked, room.warnings()]).toEqual([
    ['tocsin.example', 'push.example'],
    [expect.stringContaining('push.example ends on 2026-12-01')],
  ])
  ends['push.example'] = NOW + 90 * DAY
  now += 6 * HOUR - 1
  await look()
  expect(asked).toHaveLength(2)
  now += 1
  await look()
  expect([asked.length, room.warnings()]).toEqual([4, []])
})
