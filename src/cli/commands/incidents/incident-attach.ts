import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { ApiError } from '../../../platform/client.ts'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList } from '../../printing.ts'
import type { Session } from '../../session.ts'
import { tone } from '../../text/spans.ts'
import type { Column } from '../../text/table.ts'
import type { incidentAttach } from '../../verbs/incidents.ts'
import type { InputOf } from '../../verbs/verb.ts'

interface Attached {
  id: string
  name: string
  bytes: number
  sha256: string
}

/** A slow line takes its time over a large file. */
const PATIENCE_MS = 10 * 60_000

export async function attachFiles(session: Session, { id, files, dryRun, ...input }: InputOf<typeof incidentAttach>): Promise<ExitCode> {
  const found = files.map((path) => ({ path, name: basename(path), bytes: bytesOf(path) }))
  const { number } = await session.server().api.getIncident({ params: { id } })
  if (dryRun) {
    const items = found.map(({ name, bytes }) => ({ id: '', name, bytes, sha256: '' }))
    session.say(`would attach ${found.map(({ name, bytes }) => `${name}, ${sizeText(bytes)}`).join('; ')} to ${number}`)
    if (input.json || input.output) printList(session, input, { items, columns: COLUMNS, name: ({ name }) => name, none: '' })
    return EXIT.ok
  }
  const items: Attached[] = []
  for (const { path, name } of found) items.push(await send(session, number, path, name))
  printList(session, input, { items, columns: COLUMNS, name: ({ id: file }) => file, none: '' })
  return EXIT.ok
}

const COLUMNS: Column<Attached>[] = [
  { head: 'FILE', cell: ({ name }) => tone('strong', name), value: ({ name }) => name },
  { head: 'SIZE', cell: ({ bytes }) => sizeText(bytes), value: ({ bytes }) => bytes, right: true },
  { head: 'SHA-256', cell: ({ sha256 }) => tone('dim', sha256.slice(0, 16)), value: ({ sha256 }) => sha256 },
  { head: 'ID', cell: ({ id }) => tone('dim', id), value: ({ id }) => id },
]

/** As it is read from the disk: no file is held whole. */
async function send(session: Session, number: string, path: string, name: string): Promise<Attached> {
  const reply = await session.server().request(`/api/v1/incidents/${number}/attachments?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(createReadStream(path)) as ReadableStream,
    signal: AbortSignal.timeout(PATIENCE_MS),
    duplex: 'half',
  } as RequestInit)
  const said = (await reply.json()) as Attached & { refusal: string; message: string }
  if (!reply.ok) throw new ApiError(reply.status, said.refusal, `${name}: ${said.message}`)
  return said
}

function bytesOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isFile()) throw new CommandError(EXIT.usage, `There is no file ${path}.`)
  return found.size
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
