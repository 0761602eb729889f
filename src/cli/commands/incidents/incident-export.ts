import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CommandError, exitOf } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { contentOf } from '../../product/typed-file.ts'
import type { Session } from '../../session.ts'
import type { incidentExport, incidentVerify } from '../../verbs/timeline.ts'
import type { InputOf } from '../../verbs/verb.ts'

/** Written out while it comes: a long timeline is never whole in memory. */
export async function exportIncident(session: Session, { id, format = 'md', file }: InputOf<typeof incidentExport>): Promise<ExitCode> {
  const response = await session.server().request(`/api/v1/incidents/${encodeURIComponent(id)}/export?format=${format}`, { method: 'GET' })
  if (!response.ok) {
    const { refusal = '', message } = JSON.parse((await response.text()) || '{}') as { refusal?: string; message?: string }
    throw new CommandError(exitOf({ status: response.status, refusal }), message ?? `The server answered ${response.status}.`)
  }
  if (file === undefined) {
    const text = new TextDecoder()
    for await (const piece of response.body!) session.printRaw(text.decode(piece, { stream: true }))
    return EXIT.ok
  }
  await pipeline(Readable.fromWeb(response.body as never), createWriteStream(file)).catch(() => {
    throw new CommandError(EXIT.failed, `${file} could not be written whole.`)
  })
  session.say(`Written to ${file}.`)
  return EXIT.ok
}

/** Asks no server: whoever has the bundle has all there is to check. */
export async function verifyBundle(session: Session, { file, key }: InputOf<typeof incidentVerify>): Promise<ExitCode> {
  // Fetched when it is asked for: its schemas would slow every other start.
  const { checkBundle } = await import('../../../modules/timeline/index.ts')
  const found = checkBundle(parsed(await contentOf(session, file)))
  switch (found.state) {
    case 'no-bundle':
      session.say(`${file} is no bundle of Tocsin.`)
      return EXIT.failed
    case 'broken':
      session.say(`Changed: entry ${found.seq} is the first that does not fit.`)
      return EXIT.failed
    case 'not-signed':
      session.say(
        'Changed: every entry fits, but this is not what was signed: entries were cut off at the end, or the signature is another one’s.',
      )
      return EXIT.failed
    case 'whole': {
      if (key !== undefined && key.trim() !== found.key) {
        session.say(`Signed by another key: ${found.key}.`)
        return EXIT.failed
      }
      const gone =
        found.goneSeqs.length === 0 ? '' : ` What ${found.goneSeqs.length} of them said was taken away (${found.goneSeqs.join(', ')}).`
      session.print([
        `Whole: ${found.number} ${found.title}, ${found.events} entries, exported ${found.exportedAt}.${gone}`,
        `Signed by ${found.key}`,
      ])
      if (key === undefined) session.hint('Compare the key with that of the installation: `tocsin api GET /signing-key`.')
      return EXIT.ok
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
