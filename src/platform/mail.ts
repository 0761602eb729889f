import { isIP } from 'node:net'
import type { Readable } from 'node:stream'
import nodemailer, { type NodemailerError } from 'nodemailer'
import parseAddresses from 'nodemailer/lib/addressparser'
import { shorten } from '../kernel/text.ts'

/** How one mail ended. `answer` is the mail server's own line. */
export type MailOutcome =
  | { kind: 'delivered'; answer: string }
  | { kind: 'try-again'; answer: string }
  | { kind: 'gave-up'; answer: string }
  | { kind: 'unknown'; answer: string }

export interface Mailer {
  from: string
  send(mail: Mail): Promise<MailOutcome>
}

export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
  /** With its angle brackets; the same for every attempt, so that a repeated mail is recognised as one. */
  messageId: string
}

export interface MailerOptions {
  /** TOCSIN_SMTP_URL. The operator's own host, so it is not guarded. */
  url: string
  /** TOCSIN_MAIL_FROM */
  from: string
  /** --url: its host is the name we greet by. */
  ownUrl?: string | null
  /** For one mail from `send` to the server's last word, waiting for a free connection included. */
  timeoutMs?: number
}

/** Throws, naming the setting and the mend, when a setting cannot be used. */
export function createMailer({ url, from, ownUrl = null, timeoutMs = 10_000 }: MailerOptions): Mailer & { close(): void } {
  checkSettings(url, from)
  const name = greetingName(url, from, ownUrl)
  const transport = nodemailer.createTransport({
    url,
    ...(name !== undefined && { name }),
    pool: true,
    maxConnections: 8,
    // A server that closes the door before its greeting is asked once more at once (it may have dropped an idle connection);
    // the default of five goes on for seconds, in which the person's next contact is not tried.
    maxRequeues: 1,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // A mail is text we made: nothing in it may pull in a file or a page.
    disableFileAccess: true,
    disableUrlAccess: true,
  })

  async function send({ to, ...mail }: Mail): Promise<MailOutcome> {
    const giveUp = new AbortController()
    const timer = setTimeout(() => giveUp.abort(), timeoutMs)
    const progress: Progress = {}
    try {
      // As an object, so that an address is one address whatever it holds.
      const info = await transport.sendMail({
        ...mail,
        from,
        to: { name: '', address: to },
        signal: giveUp.signal,
        progress,
        xMailer: false,
      } as object)
      return { kind: 'delivered', answer: oneLine(info.response) }
    } catch (error) {
      return outcomeOf(error as NodemailerError, { dataBegan: progress.stream?.readableDidRead === true, timeoutMs })
    } finally {
      clearTimeout(timer)
    }
  }

  // Keeps hold of the stream the message is read from: it is first read when the server has said "go ahead" to DATA.
  transport.use('stream', (mail, done) => {
    mail.message.processFunc((stream) => {
      const { progress } = mail.data as { progress?: Progress }
      if (progress) progress.stream = stream as Readable
      return stream
    })
    done()
  })

  return { from, send, close: () => transport.close() }
}

/**
 * The name we greet a mail server by. A container's own name has no dot, the library then greets with its address in
 * brackets, and strict relays (Google's) close the door on both. `?name=` in the address wins.
 */
export function greetingName(url: string, from: string, ownUrl: string | null): string | undefined {
  const written = new URL(url).searchParams.get('name')
  const own = ownUrl === null ? '' : new URL(ownUrl).hostname
  const domain = parseAddresses(from)[0]?.address?.split('@').at(-1) ?? ''
  return [written ?? '', own, domain].find(isFullName)
}

function isFullName(host: string): boolean {
  return isIP(host) === 0 && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(host) && !host.endsWith('.localhost')
}

interface Progress {
  stream?: Readable
}

/** Before DATA nothing can have been accepted; after it only the server's word tells. */
function outcomeOf(error: NodemailerError, { dataBegan, timeoutMs }: { dataBegan: boolean; timeoutMs: number }): MailOutcome {
  const answer = oneLine(refusedGreeting(error) ?? (error.response || inWords(error, timeoutMs)))
  const code = error.responseCode ?? 0
  if (code === 0) return { kind: dataBegan ? 'unknown' : isBadAddress(error) ? 'gave-up' : 'try-again', answer }
  // 5xx about greeting, sign-in or sender is the operator's to mend and says nothing against the recipient; 503 is the session's.
  const final = code >= 500 && code !== 503 && (error.command === 'RCPT TO' || error.command === 'DATA')
  return { kind: final ? 'gave-up' : 'try-again', answer }
}

function refusedGreeting({ command, response }: NodemailerError): string | undefined {
  if (!response || !/^(EHLO|HELO|LHLO)$/.test(command ?? '')) return undefined
  return `the mail server refuses our greeting (${response.slice(0, 80)}): add ?name= and a host name it takes to TOCSIN_SMTP_URL`
}

function isBadAddress(error: NodemailerError): boolean {
  return error.code === 'EENVELOPE'
}

function inWords(error: NodemailerError, timeoutMs: number): string {
  switch (error.code) {
    case 'EABORT':
    case 'ETIMEDOUT':
      return `time-out: the mail server did not finish within ${timeoutMs / 1000} s`
    case 'EDNS':
      return 'DNS: the mail server has no address'
    case 'ECONNECTION':
    case 'ETLS':
    case 'ESOCKET': {
      const [distrust] = NOT_TRUSTED.exec(error.message) ?? []
      return distrust === undefined
        ? `the mail server cannot be reached or cut the connection: ${error.message}`
        : `the mail server's certificate is not trusted (${distrust}): give its authority in NODE_EXTRA_CA_CERTS, or add ?tls.rejectUnauthorized=false to TOCSIN_SMTP_URL`
    }
    default:
      return error.message
  }
}

const NOT_TRUSTED =
  /self[- ]signed certificate|unable to (get|verify)[\w ]{0,40}certificate|certificate has expired|does not match certificate's altnames/i

function checkSettings(url: string, from: string): void {
  // Never repeats the URL: it holds a password.
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol) || !new URL(url).hostname) {
    throw new Error(
      'TOCSIN_SMTP_URL is not a mail server; write it like smtp://user:password@mail.example.org:587 (or smtps://… for port 465)',
    )
  }
  const senders = parseAddresses(from)
  if (senders.length !== 1 || !/^[^@\s]+@[^@\s]+$/.test(senders[0]?.address ?? '')) {
    throw new Error(`TOCSIN_MAIL_FROM: "${from}" is not a sender; write it like Tocsin <tocsin@example.org>`)
  }
}

function oneLine(text: string): string {
  return shorten(text.replace(/[\s\p{Cc}]+/gu, ' ').trim(), 200)
}
