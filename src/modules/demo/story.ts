import type { TransitAct } from '../command/index.ts'
import type { Weekday } from './calendar.ts'

/** Something of one service going wrong, and what people did about it. Times are the company's own. */
export interface Episode {
  service: string
  /** 0 is the week that ends today. */
  weeksAgo: 0 | 1 | 2 | 3
  day: Weekday
  time: string
  deeds: [after: string, deed: Deed][]
}

/** What a monitoring system says about one thing. */
export interface Told {
  /** Its name there: Prometheus’ alertname, PagerDuty’s class. */
  name: string
  says: string
  severity: 'critical' | 'error' | 'warning' | 'info'
  labels?: Record<string, string>
}

export type Deed =
  | { kind: 'tell'; told: Told[] }
  /** The source says that it is over; everything it told, or only this. */
  | { kind: 'end'; name?: string }
  /** Somebody takes it in the source’s own tool. */
  | { kind: 'take-there' }
  /** Seen by whoever declares it and these alone, where they are named. */
  | { kind: 'declare'; title: string; severity: number; by: string; policy?: string; onlyFor?: string[] }
  /** By whoever was paged last, unless said. */
  | { kind: 'acknowledge'; by?: string; via: 'link' | 'web' }
  /** By whoever has it, unless said; on the episode’s first incident or its last. */
  | { kind: 'note'; text: string; by?: string; on: 'first' | 'last' }
  | { kind: 'grade'; severity: number; reason: string }
  | { kind: 'retitle'; title: string }
  | { kind: 'escalate' }
  /** What was done, where it was declared. */
  | { kind: 'resolve'; what?: string }
  /** An act on how it stands, by whoever has it unless said; or taking a role in it. */
  | { kind: 'work'; act: TransitAct; by?: string; said?: { text?: string; cause?: string; level?: string } }
  | { kind: 'role'; role: string; by?: string }
  /** Something to do, for somebody; and that it is done. */
  | { kind: 'task'; text: string; by: string; person: string; due: string; handsOn?: true; done?: true }
  | { kind: 'poll'; text: string; by: string }
  | { kind: 'update'; text: string; by: string; next: string }
  /** Nothing is done; what is due then happens on time. */
  | { kind: 'wait' }

const tell = (name: string, says: string, severity: Told['severity'], labels?: Record<string, string>): Deed => ({
  kind: 'tell',
  told: [{ name, says, severity, ...(labels && { labels }) }],
})
const end = (name?: string): Deed => ({ kind: 'end', ...(name !== undefined && { name }) })
const note = (text: string, by?: string): Deed => ({ kind: 'note', text, on: 'first', ...(by !== undefined && { by }) })
const noteOnLast = (text: string): Deed => ({ kind: 'note', text, on: 'last' })
const acknowledge: Deed = { kind: 'acknowledge', via: 'link' }
const acknowledgeAtDesk: Deed = { kind: 'acknowledge', via: 'web' }
const resolve: Deed = { kind: 'resolve' }

/** A month, told week by week. No drills, and nothing that would still be open. */
export const MONTH: Episode[] = [
  {
    ...{ service: 'edge', weeksAgo: 3, day: 'wed', time: '10:12' },
    deeds: [
      ['0s', tell('TlsHandshakeSlow', 'TLS handshakes take 2 s in Frankfurt', 'warning', { region: 'eu-1' })],
      ['2m10s', acknowledgeAtDesk],
      ['11m', note('One of three balancers serves an old certificate chain from memory. Restarting it.')],
      ['26m', end()],
    ],
  },
  {
    ...{ service: 'checkout', weeksAgo: 3, day: 'thu', time: '15:41' },
    deeds: [
      ['0s', tell('CardDeclines', 'Cards of one bank are declined', 'error')],
      ['38s', acknowledgeAtDesk],
      ['6m', note('The bank answers 503 and announces maintenance until 16:30 on its own page. Other cards work.')],
      ['7m', { kind: 'grade', severity: 3, reason: 'one bank of eleven, 2 % of payments' }],
      ['52m', end()],
    ],
  },
  {
    ...{ service: 'billing-db', weeksAgo: 3, day: 'fri', time: '02:47' },
    deeds: [
      ['0s', tell('ReplicaLag', 'Replica db-2 is 40 s behind', 'error', { instance: 'db-2' })],
      ['3m5s', acknowledge],
      ['9m', note('A nightly export holds a long transaction. Killed it, lag should fall.')],
      ['10m', resolve],
      ['11m30s', tell('ReplicaLag', 'Replica db-2 is 40 s behind', 'error', { instance: 'db-2' })],
      ['15m1s', { kind: 'wait' }],
      ['16m20s', acknowledge],
      ['24m', noteOnLast('It was two exports. The second one is gone as well, lag is down to 3 s.')],
      ['41m', end()],
    ],
  },
  {
    ...{ service: 'search', weeksAgo: 3, day: 'sat', time: '11:20' },
    deeds: [
      ['0s', tell('IndexStale', 'Search shows yesterday’s prices', 'warning')],
      ['4m', acknowledge],
      ['22m', note('The indexer waits for a lock that a dead worker holds. Released it, a full run takes about 40 min.')],
      ['1h10m', end()],
    ],
  },
  {
    ...{ service: 'identity', weeksAgo: 3, day: 'sun', time: '19:05' },
    deeds: [
      ['0s', tell('SignInSlow', 'Signing in takes 6 s', 'error')],
      ['1m15s', acknowledge],
      ['8m', note('Password hashing is starved on two pods after the node drain. Moved them.')],
      ['17m', end()],
    ],
  },
  {
    ...{ service: 'api-gateway', weeksAgo: 2, day: 'mon', time: '09:18' },
    deeds: [
      ['0s', tell('HighErrorRate', '22 % of EU API calls fail', 'critical', { region: 'eu-1' })],
      ['24s', acknowledgeAtDesk],
      ['2m30s', note('gw 2.11 went to eu-1 at 09:15. Rolling back.')],
      ['9m', note('Rolled back on all pods, errors fall.', 'tom')],
      ['14m', end()],
    ],
  },
  {
    ...{ service: 'reports', weeksAgo: 2, day: 'tue', time: '07:30' },
    deeds: [
      ['0s', tell('NightlyExportMissing', 'The nightly export did not arrive', 'warning')],
      ['12m', acknowledgeAtDesk],
      ['34m', note('The disk of batch-07 was full of last year’s exports. Moved them away and started it by hand.')],
      ['1h48m', resolve],
    ],
  },
  {
    ...{ service: 'api-gateway', weeksAgo: 2, day: 'wed', time: '03:11' },
    deeds: [
      ['0s', { kind: 'tell', told: pods(1, 6, 'HighErrorRate', 'answers 38 % of calls with 5xx', 'critical') }],
      [
        '20s',
        {
          kind: 'tell',
          told: [
            ...pods(7, 18, 'HighErrorRate', 'answers 38 % of calls with 5xx', 'critical'),
            ...pods(1, 4, 'UpstreamTimeout', 'waits for identity in vain', 'error'),
          ],
        },
      ],
      ['1m', { kind: 'tell', told: pods(1, 18, 'HighErrorRate', 'answers 38 % of calls with 5xx', 'critical') }],
      ['5m50s', acknowledge],
      ['7m', { kind: 'retitle', title: '38 % of EU API calls fail' }],
      ['12m', note('Socket pool on gw-eu is at 512 of 512. Looks like retries, not traffic.')],
      ['15m', { kind: 'escalate' }],
      ['16m10s', acknowledge],
      ['19m', note('gw 2.14 raises the retry limit from 2 to 5. Rolling it back on eu-1.', 'tom')],
      ['31m', end('UpstreamTimeout')],
      ['38m', end()],
      ['52m', note('Quiet for a quarter of an hour. The rest can wait for the morning.', 'tom')],
    ],
  },
  {
    ...{ service: 'mail-out', weeksAgo: 2, day: 'thu', time: '16:02' },
    deeds: [
      ['0s', tell('QueueAge', 'Mail waits for 6 min', 'warning')],
      ['3m', { kind: 'take-there' }],
      ['19m', note('A customer sends 40 000 receipts at once. They have a queue of their own now.')],
      ['34m', end()],
    ],
  },
  {
    ...{ service: 'billing', weeksAgo: 2, day: 'fri', time: '11:40' },
    deeds: [
      ['0s', { kind: 'declare', title: 'Invoices miss a line in the CSV export', severity: 3, by: 'li' }],
      ['4m', { kind: 'acknowledge', via: 'web', by: 'li' }],
      ['25m', note('Lines with a discount of 0 are dropped since Wednesday. 212 exports are concerned.')],
      ['1h30m', note('Fixed and deployed. Exports since Wednesday are written anew and sent to the 41 customers.')],
      ['2h5m', resolve],
    ],
  },
  {
    ...{ service: 'billing-db', weeksAgo: 2, day: 'sat', time: '23:35' },
    deeds: [
      ['0s', tell('DiskFull', 'The disk of db-1 is 92 % full', 'error', { instance: 'db-1' })],
      ['12m40s', acknowledge],
      ['20m', note('Old write-ahead logs were kept for a replica that is gone. Dropped its slot.')],
      ['48m', end()],
    ],
  },
  {
    ...{ service: 'checkout', weeksAgo: 1, day: 'mon', time: '14:22' },
    deeds: [
      ['0s', tell('CheckoutSlow', 'Paying takes 4 s, was 0.9 s', 'warning')],
      ['2m', acknowledgeAtDesk],
      ['9m', tell('CheckoutSlow', 'Paying takes 11 s, was 0.9 s', 'critical')],
      ['9m45s', acknowledgeAtDesk],
      ['14m', note('Found it: the new fraud check calls a test system. Switching fast-pay off.')],
      ['23m', end()],
    ],
  },
  {
    ...{ service: 'edge', weeksAgo: 1, day: 'tue', time: '09:30' },
    deeds: [
      ['0s', tell('CertificateExpires', 'The certificate of api.harbourline.example ends in 7 days', 'info')],
      ['6m', acknowledgeAtDesk],
      ['40m', note('Renewal failed on a DNS check. Fixed the record, renewed, and put the check into the weekly run.')],
      ['44m', end()],
    ],
  },
  {
    ...{ service: 'identity', weeksAgo: 1, day: 'wed', time: '17:05' },
    deeds: [
      ['0s', tell('LoginErrors', '12 % of EU sign-ins fail', 'critical', { region: 'eu-1' })],
      ['19s', acknowledgeAtDesk],
      ['5m', note('One of three session stores refuses writes. Taken out of the ring.')],
      ['12m', note('Failures are down to 1 %. Rebuilding the store, this takes a while.')],
      ['1h19s', { kind: 'wait' }],
      ['1h1m10s', acknowledgeAtDesk],
      ['1h20m', note('The rebuilt store is back in the ring.')],
      ['1h24m', end()],
    ],
  },
  {
    ...{ service: 'search', weeksAgo: 1, day: 'thu', time: '10:50' },
    deeds: [
      ['0s', tell('NoResults', 'One search in five finds nothing', 'error')],
      ['50s', acknowledgeAtDesk],
      ['8m', note('Yesterday’s synonyms file was empty. Put the one before back.')],
      ['22m', end()],
    ],
  },
  {
    ...{ service: 'api-gateway', weeksAgo: 1, day: 'fri', time: '16:45' },
    deeds: [
      ['0s', tell('HighErrorRate', 'Calls to /v2/orders fail', 'critical', { region: 'us-1' })],
      ['31s', acknowledge],
      ['3m', note('A config push broke the route. Reverted.')],
      ['10m', end()],
    ],
  },
  {
    ...{ service: 'mail-out', weeksAgo: 1, day: 'sun', time: '06:15' },
    deeds: [
      ['0s', tell('Bounces', '4 % of mails bounce', 'error')],
      ['2m', acknowledge],
      ['26m', note('A blocklist has one of our addresses. Asked to be taken off, sending from the others.')],
      ['55m', resolve],
    ],
  },
  {
    ...{ service: 'checkout', weeksAgo: 0, day: 'mon', time: '11:05' },
    deeds: [
      ['0s', { kind: 'declare', title: 'The payment provider reports an outage', severity: 1, by: 'beatriz', policy: 'command' }],
      ['1m', { kind: 'acknowledge', via: 'web', by: 'beatriz' }],
      ['2m', { kind: 'role', role: 'commander', by: 'beatriz' }],
      ['4m', note('Their page says cards in the EU. We see 30 % of payments fail. Second provider takes over for the EU.')],
      ['16m', note('All EU payments go through the second provider. No failures for 5 min.', 'raj')],
      ['1h12m', note('The provider says it is solved. We switch back at night.')],
      ['1h15m', { kind: 'resolve', what: 'All EU payments went through the second provider until the first took cards again.' }],
    ],
  },
  {
    ...{ service: 'reports', weeksAgo: 0, day: 'tue', time: '20:14' },
    deeds: [
      ['0s', tell('ExportStuck', 'Export jobs are stuck for 40 min', 'warning')],
      ['13m', acknowledge],
      ['31m', note('A job waits for itself after the retry. Removed it from the queue.')],
      ['36m', end()],
    ],
  },
  {
    ...{ service: 'api-gateway', weeksAgo: 0, day: 'wed', time: '01:52' },
    deeds: [
      ['0s', tell('SlowCalls', 'Calls from the US take 3 s', 'error', { region: 'us-1' })],
      ['6m20s', acknowledge],
      ['15m', note('One provider loses packets between us-1 and us-2. Took that path out.')],
      ['44m', end()],
    ],
  },
  {
    ...{ service: 'billing-db', weeksAgo: 0, day: 'thu', time: '12:33' },
    deeds: [
      ['0s', tell('Connections', '94 % of the connections of db-1 are in use', 'warning', { instance: 'db-1' })],
      ['1m30s', acknowledgeAtDesk],
      ['13m', note('The report workers open one connection each since Tuesday. Pooled them.')],
      ['18m', end()],
    ],
  },
  {
    ...{ service: 'edge', weeksAgo: 0, day: 'fri', time: '09:41' },
    deeds: [
      ['0s', tell('ConfigRejected', 'Balancer lb-3 refuses the new configuration', 'warning', { region: 'eu-1' })],
      ['3m20s', acknowledgeAtDesk],
      ['12m', end()],
    ],
  },
  {
    ...{ service: 'identity', weeksAgo: 0, day: 'sat', time: '15:20' },
    deeds: [
      ['0s', tell('CodesLate', 'Sign-in codes arrive after 2 min', 'error')],
      ['58s', acknowledge],
      ['9m', note('Mail is quick, text messages are not. The second carrier takes over.')],
      ['21m', end()],
    ],
  },
]

/** Something of the company's day. It comes round again with each turn of the day. */
export interface DayEpisode {
  service: string
  /** After the demo began; below zero it was under way by then. */
  fromMinutes: number
  deeds: [after: string, deed: Deed][]
}

/** How long a turn of the day is: then it begins anew. */
export const DAY_TURN_MINUTES = 240

/**
 * A day on which three to eight things are open at any moment. When the demo begins they are six, each in another state: one
 * that nobody has taken, one whose acknowledgement ran out, one that is being repaired, one that is nearly over, a bad one at
 * which several work, and one that only its members see. For some minutes then nothing is done, so that whoever looks can do it.
 */
export const DAY_STORY: DayEpisode[] = [
  {
    ...{ service: 'mail-out', fromMinutes: -47 },
    deeds: [
      ['0s', tell('QueueAge', 'Mail is up to 11 min late', 'error', { group: 'eu' })],
      ['1m20s', acknowledge],
      ['3m', { kind: 'work', act: 'declare', said: { level: 'SEV2' } }],
      ['3m30s', { kind: 'role', role: 'commander' }],
      ['6m', { kind: 'work', act: 'identify', said: { cause: 'the relay in Frankfurt throttles us' } }],
      ['8m', { kind: 'work', act: 'mitigate', said: { text: 'half of the queue goes through the second relay' } }],
      ['21m', tell('QueueAge', 'Mail is up to 9 min late', 'error', { group: 'eu' })],
      ['33m', { kind: 'work', act: 'mitigated', said: { text: '6 min late and falling' } }],
      ['34m', note('I watch it until the queue is empty.')],
      ['1h25m', end()],
      ['1h26m', { kind: 'resolve', what: 'Half of the queue goes through the second relay until Frankfurt takes mail at its usual pace.' }],
    ],
  },
  {
    ...{ service: 'checkout', fromMinutes: -24 },
    deeds: [
      ['0s', tell('CheckoutSlow', 'Paying takes 4 s, was 0.9 s', 'error')],
      ['1m10s', acknowledgeAtDesk],
      ['5m', { kind: 'grade', severity: 3, reason: 'slow, and nobody’s payment fails' }],
      ['13m', note('The lock on baskets is held by the nightly clean-up, which runs by day since Monday. Stopping it.')],
      ['37m', note('Stopped. Paying takes 1.4 s, the rest of the queue is worked off.')],
      ['55m', end()],
    ],
  },
  {
    ...{ service: 'api-gateway', fromMinutes: -6 },
    deeds: [
      ['0s', tell('HighErrorRate', '12 % of EU API calls fail', 'critical', { region: 'eu-1' })],
      ['2m', { kind: 'tell', told: pods(1, 9, 'HighErrorRate', 'answers 12 % of calls with 5xx', 'critical') }],
      ['15m', acknowledge],
      ['19m', note('gw 2.15 went to eu-1 an hour ago, and errors follow it pod by pod. Rolling back.')],
      ['31m', note('Rolled back on all pods, errors fall.')],
      ['50m', end()],
    ],
  },
  {
    ...{ service: 'billing', fromMinutes: -14 },
    deeds: [
      ['0s', { kind: 'declare', title: 'Partners are paid twice', severity: 1, by: 'li' }],
      ['30s', acknowledgeAtDesk],
      ['50s', { kind: 'role', role: 'commander', by: 'beatriz' }],
      ['1m20s', { kind: 'role', role: 'technical-lead', by: 'li' }],
      ['2m', { kind: 'task', text: 'Stop the payout job on both nodes', by: 'beatriz', person: 'li', due: '3m', handsOn: true }],
      ['3m30s', note('The scheduler counts one run, the bank has two files. 214 partners so far.', 'li')],
      ['4m40s', { kind: 'task', text: 'Stop the payout job on both nodes', by: 'li', person: 'li', due: '3m', done: true }],
      [
        '5m',
        { kind: 'work', act: 'identify', by: 'li', said: { cause: 'after the node drain both nodes believe that they run the payouts' } },
      ],
      ['6m', { kind: 'task', text: 'List every payout that went out twice', by: 'beatriz', person: 'raj', due: '20m' }],
      ['7m', { kind: 'task', text: 'Ask the bank to hold the second file', by: 'beatriz', person: 'sam', due: '5m' }],
      [
        '9m',
        {
          ...{ kind: 'update', by: 'beatriz', next: '30m' },
          text: 'This morning’s payouts went out twice to 214 partners. The job is stopped, no more go out. We are asking the bank to hold the second file.',
        },
      ],
      ['12m30s', { kind: 'poll', by: 'beatriz', text: 'No payouts today; the next run is tomorrow at 06:00, by hand' }],
      ['41m', note('The bank holds the second file. 9 partners of 214 have the money already.', 'sam')],
      ['42m', { kind: 'work', act: 'mitigated', by: 'li', said: { text: 'the second file is held' } }],
      ['1h20m', { kind: 'resolve', what: 'The bank dropped the second file; the nine that were paid twice are told and pay back.' }],
    ],
  },
  {
    ...{ service: 'identity', fromMinutes: -31 },
    deeds: [
      ['0s', { kind: 'declare', title: 'A deploy token stood in a public repository', severity: 2, by: 'raj', onlyFor: ['li'] }],
      ['1m', { kind: 'acknowledge', via: 'web', by: 'raj' }],
      ['2m', { kind: 'role', role: 'commander', by: 'raj' }],
      ['6m', note('Revoked and replaced. It could read images, nothing else; reading who used it.')],
      ['1h5m', { kind: 'resolve', what: 'The token is revoked; nobody but our own runners had used it.' }],
    ],
  },
  {
    ...{ service: 'identity', fromMinutes: -63 },
    deeds: [
      ['0s', tell('LoginErrors', '9 % of EU sign-ins fail', 'error', { region: 'eu-1' })],
      ['50s', acknowledge],
      ['8m', note('One of three session stores refuses writes. Taken out of the ring, failures are down to 1 %.')],
      ['1h1m', { kind: 'wait' }],
      ['1h14m', acknowledge],
      ['1h18m', note('The rebuilt store is back in the ring.')],
      ['1h30m', end()],
    ],
  },
  {
    ...{ service: 'billing-db', fromMinutes: 20 },
    deeds: [
      ['0s', tell('ReplicaLag', 'Replica db-3 is 25 s behind', 'error', { instance: 'db-3' })],
      ['4m', acknowledge],
      ['12m', note('A report reads two years of invoices in one transaction. Asked its owner to split it.')],
      ['1h5m', end()],
    ],
  },
  {
    ...{ service: 'edge', fromMinutes: 33 },
    deeds: [
      ['0s', tell('TlsHandshakeSlow', 'TLS handshakes take 2 s in Dublin', 'warning', { region: 'eu-2' })],
      ['6m', acknowledgeAtDesk],
      ['28m', note('One balancer of three is short of entropy since it was moved. Draining it.')],
      ['1h12m', end()],
    ],
  },
  {
    ...{ service: 'search', fromMinutes: 40 },
    deeds: [
      ['0s', tell('NoResults', 'One search in eight finds nothing', 'error')],
      ['3m', acknowledge],
      ['16m', note('Shard 4 of the index is read-only after a full disk. Freed 40 GB, replaying what it missed.')],
      ['1h20m', end()],
    ],
  },
  {
    ...{ service: 'reports', fromMinutes: 52 },
    deeds: [
      ['0s', tell('ExportStuck', 'Export jobs are stuck for 40 min', 'warning')],
      ['18m', acknowledgeAtDesk],
      ['1h28m', end()],
    ],
  },
  {
    ...{ service: 'checkout', fromMinutes: 90 },
    deeds: [
      ['0s', tell('CardDeclines', 'Cards of one bank are declined', 'error')],
      ['2m', acknowledge],
      ['9m', note('The bank answers 503 and announces maintenance on its own page. Other cards work.')],
      ['1h10m', end()],
    ],
  },
  {
    ...{ service: 'mail-out', fromMinutes: 100 },
    deeds: [
      ['0s', tell('Bounces', '3 % of mails bounce', 'warning')],
      ['8m', acknowledge],
      ['30m', note('A blocklist has one of our addresses. Asked to be taken off, sending from the others.')],
      ['1h10m', end()],
    ],
  },
  {
    ...{ service: 'billing-db', fromMinutes: 112 },
    deeds: [
      ['0s', tell('Connections', '91 % of the connections of db-1 are in use', 'warning', { instance: 'db-1' })],
      ['5m', acknowledgeAtDesk],
      ['1h3m', end()],
    ],
  },
  {
    ...{ service: 'api-gateway', fromMinutes: 128 },
    deeds: [
      ['0s', tell('SlowCalls', 'Calls from the US take 3 s', 'error', { region: 'us-1' })],
      ['4m', acknowledge],
      ['17m', note('One provider loses packets between us-1 and us-2. Took that path out.')],
      ['1h2m', end()],
    ],
  },
  {
    ...{ service: 'edge', fromMinutes: -90 },
    deeds: [
      ['0s', tell('ConfigRejected', 'Balancer lb-2 refuses the new configuration', 'warning', { region: 'eu-1' })],
      ['7m', acknowledgeAtDesk],
      ['50m', end()],
    ],
  },
  {
    ...{ service: 'search', fromMinutes: -75 },
    deeds: [
      ['0s', tell('IndexStale', 'Search shows prices of this morning', 'warning')],
      ['9m', acknowledge],
      ['50m', end()],
    ],
  },
  {
    ...{ service: 'billing-db', fromMinutes: -60 },
    deeds: [
      ['0s', tell('DiskFull', 'The disk of db-2 is 91 % full', 'error', { instance: 'db-2' })],
      ['3m', acknowledge],
      ['14m', note('Old write-ahead logs were kept for a replica that is gone. Dropped its slot.')],
      ['55m', end()],
    ],
  },
]

/**
 * An outage for somebody who wants to see one: from the first alert to its end. Nobody takes the communications lead, so that
 * whoever watches can; what they do before the company's people do it is theirs.
 */
export const OUTAGE: Pick<DayEpisode, 'service' | 'deeds'> = {
  service: 'checkout',
  deeds: [
    ['0s', tell('CardPaymentsFail', '31 % of card payments fail', 'critical')],
    ['40s', acknowledge],
    ['1m20s', { kind: 'work', act: 'declare', said: { level: 'SEV1' } }],
    ['2m', { kind: 'role', role: 'commander', by: 'beatriz' }],
    ['2m30s', { kind: 'role', role: 'technical-lead', by: 'li' }],
    [
      '3m20s',
      {
        ...{ kind: 'update', by: 'beatriz', next: '10m' },
        text: 'About a third of card payments fail since a few minutes ago. Other ways to pay work. We are looking for the cause.',
      },
    ],
    ['4m', note('Only cards of the first provider. Their page says that all is well; our error log says otherwise.', 'li')],
    ['5m', { kind: 'task', text: 'Ask the provider what they see', by: 'beatriz', person: 'sam', due: '5m' }],
    ['6m30s', { kind: 'work', act: 'identify', by: 'li', said: { cause: 'the provider’s new certificate is not in our trust store' } }],
    ['7m', { kind: 'poll', by: 'li', text: 'Send all cards through the second provider until the certificate is in' }],
    ['8m10s', { kind: 'work', act: 'mitigate', by: 'li', said: { text: 'cards go through the second provider, region by region' } }],
    ['8m20s', { kind: 'task', text: 'Switch cards to the second provider', by: 'beatriz', person: 'li', due: '5m', handsOn: true }],
    ['11m', { kind: 'task', text: 'Switch cards to the second provider', by: 'li', person: 'li', due: '5m', done: true }],
    ['11m40s', end()],
    ['12m10s', { kind: 'work', act: 'mitigated', by: 'li', said: { text: 'no card payment has failed for half a minute' } }],
    [
      '13m',
      {
        ...{ kind: 'update', by: 'beatriz', next: '30m' },
        text: 'Card payments work again, through our second provider. We watch it before we call it over.',
      },
    ],
    ['14m', { kind: 'task', text: 'Ask the provider what they see', by: 'sam', person: 'sam', due: '5m', done: true }],
    ['20m', { kind: 'resolve', what: 'Cards went through the second provider until the first one’s certificate was in our trust store.' }],
  ],
}

function pods(from: number, to: number, name: string, says: string, severity: Told['severity']): Told[] {
  return Array.from({ length: to - from + 1 }, (_, i) => `gw-eu-${from + i}`).map((pod) => ({
    name,
    says: `${pod} ${says}`,
    severity,
    labels: { region: 'eu-1', pod },
  }))
}
