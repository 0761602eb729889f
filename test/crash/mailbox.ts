import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** A mail server for senders that die in the middle of a mail: such a mail never came. */
export interface Mailbox {
  url: string
  close(): Promise<void>
}

export interface Mail {
  to: string
  messageId: string
  references: string
  body: string
}

export async function startMailbox(onMail: (mail: Mail) => void): Promise<Mailbox> {
  const server = new SMTPServer({
    logger: false,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    authOptional: true,
    closeTimeout: 0,
    onData(stream, session, done) {
      text(stream).then(
        (raw) => {
          const unfolded = raw.replace(/\r\n[ \t]+/g, ' ')
          const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1]?.trim() ?? ''
          onMail({
            to: session.envelope.rcptTo[0]?.address ?? '',
            messageId: header('Message-ID'),
            references: header('References'),
            // Quoted-printable breaks long lines with an equals sign.
            body: raw.replaceAll('=\r\n', ''),
          })
          done(null)
        },
        () => {},
      )
    },
  })
  server.on('error', () => {})
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    close: () => new Promise((closed) => void server.close(() => closed())),
  }
}
