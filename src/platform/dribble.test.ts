import net from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttpServer, type HttpServer } from './http.ts'

const SENDERS = 60
let http: HttpServer
let port: number

beforeAll(async () => {
  http = createHttpServer({
    ...{ clock: { now: () => 0 }, log: pino({ level: 'silent' }), checkReplies: true },
    authenticate: async () => ({ actor: 'anonymous', permits: () => false }) as never,
    keepReply: (async () => undefined) as never,
    patience: { headersMs: 2000, requestMs: 4000, lookEveryMs: 100 },
  })
  const handle = async ({ body }: { body: Buffer }) => ({ status: 200, body: `${body.length} bytes` })
  http.raw({ method: 'POST', path: '/in/key', permission: 'public', handle })
  port = (await http.listen('127.0.0.1', 0)).port
})
afterAll(() => http.close())

/** A sender that begins as told and then writes a letter now and then, for ever; answers what it heard before it was cut off. */
function dribbles(begins: string): Promise<string> {
  return new Promise((done) => {
    let heard = ''
    let drip: NodeJS.Timeout | undefined
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(begins)
      drip = setInterval(() => socket.write('x'), 50)
    })
    socket.on('data', (data) => {
      heard += data
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(drip)
      done(heard)
    })
  })
}

test.for([
  ['its headers', 'POST /in/key HTTP/1.1\r\nHost: tocsin\r\nX-Slow: '],
  ['its body', 'POST /in/key HTTP/1.1\r\nHost: tocsin\r\nContent-Length: 1000000\r\n\r\n'],
])('however many dribble %s, each is let go, and alerts beside them are taken', async ([_, begins]) => {
  const slow = Array.from({ length: SENDERS }, () => dribbles(begins!))
  const beside = await Promise.all(
    Array.from({ length: 20 }, () =>
      fetch(`http://127.0.0.1:${port}/in/key`, { method: 'POST', body: 'alert' }).then((reply) => reply.text()),
    ),
  )
  expect(new Set(beside)).toEqual(new Set(['5 bytes']))
  const heard = await Promise.all(slow)
  expect(heard.filter((one) => !/^(HTTP\/1\.1 408 |$)/.test(one))).toEqual([])
})
