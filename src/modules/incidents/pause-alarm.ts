import { SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import type { Mailer } from '../../platform/mail.ts'
import { noteTold, type Pause, readUntold } from '../../platform/pause.ts'
import type { Documents } from '../documents/index.ts'
import type { Channel } from '../paging/index.ts'
import { Person } from '../people/index.ts'

export interface PauseAlarmParts {
  db: Database
  documents: Documents
  pause: Pause
  mailer: Mailer | null
  channels: Pick<Channel, 'name' | 'needs'>[]
  publicUrl(): string
  /** Names this process. */
  node: string
}

/**
 * The alarm that the installation is paused: by mail, past everything that is held back, to the owners and admins who have an
 * address; once in the course of a pause.
 */
export function pauseAlarmLoop({ db, documents, pause, mailer, channels, publicUrl, node }: PauseAlarmParts): Loop {
  const byMail = new Set(channels.flatMap(({ name, needs }) => (needs === 'mail' ? [name] : [])))
  return {
    name: 'pause-alarm',
    everyMs: 5 * SECOND,
    async tick(now) {
      const paused = pause.current()
      if (paused === null || mailer === null || !(await readUntold(db.sql))) return 0
      const admins = (await documents.fresh(db.sql)).all(Person).filter(({ spec }) => spec.role === 'owner' || spec.role === 'admin')
      const addresses = admins.flatMap(({ spec }) =>
        (spec.contacts ?? []).flatMap(({ channel, address }) => (byMail.has(channel) ? [address] : [])),
      )
      const text = pausedText(paused.because, publicUrl(), node)
      const sent = addresses.map((to, i) =>
        mailer.send({
          ...{ to, text, subject: 'Tocsin is paused and pages nobody', html: `<p>${inHtml(text)}</p>`, headers: {} },
          messageId: `<paused-${paused.since}-${i}@tocsin>`,
        }),
      )
      const failed = (await Promise.all(sent)).filter(({ kind }) => kind === 'try-again' || kind === 'unknown')
      if (failed.length > 0 && failed.length === sent.length)
        throw new Error(`the mail about the pause did not leave: ${failed[0]!.answer}`)
      await noteTold(db.sql, now)
      return 0
    },
  }
}

function pausedText(because: string, url: string, node: string): string {
  return [
    `The Tocsin at ${url} (${node}) holds every page back: ${because}.`,
    'Alerts are accepted and become incidents, and nobody is paged about them by this installation.',
    '',
    'If another Tocsin pages from the original, stop this one. If this is the one that pages from now on, run `tocsin resume` or press',
    'Go on in the browser: what is open and unacknowledged then pages anew, what has ended does not.',
  ].join('\n')
}

function inHtml(text: string): string {
  return text.replaceAll(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('\n', '<br>')
}
