// PagerDuty's own client, in a process of its own because it must trust a certificate that nobody else does.
// node pagerduty-client.mjs <server> <action> <routing key> <dedup key>; prints status and answer.
import { acknowledge, resolve, trigger } from '@pagerduty/pdjs/build/src/events.js'

const [server, action, routing_key, dedup_key] = process.argv.slice(2)
const payload = { summary: 'Disk of db-1 is full', source: 'db-1', severity: 'critical' }
const send = { trigger, acknowledge, resolve }[action]
const { response, data } = await send({ server, data: { routing_key, dedup_key, ...(action === 'trigger' && { payload }) } })
console.log(JSON.stringify({ status: response.status, data }))
