// The verifier of Standard Webhooks itself, in a process of its own: node standard-webhooks.mjs <secret> <headers as JSON> <body>.
import { Webhook } from 'standardwebhooks'

const [secret, headers, body] = process.argv.slice(2)
console.log(JSON.stringify(new Webhook(secret).verify(body, JSON.parse(headers))))
