import type { Id } from '../../kernel/ids.ts'
import { type Refusal, refuse } from '../../kernel/result.ts'

export type AttachmentId = Id<'att'>

const MB = 1024 * 1024
/** Of one file. */
export const BYTES_MAX = 25 * MB
/** A file is written and read piece by piece: no more of it is held at a time. */
export const PIECE_BYTES = 256 * 1024
/** More on one incident is no evidence any more but a store. */
export const FILES_MAX = 500
const NAME_MAX = 200

export const tooLarge = (): Refusal<'too-large'> =>
  refuse('too-large', `A file is at most ${BYTES_MAX / MB} MB; put a larger one elsewhere and note its link.`)

/** The name a file is shown and saved under: of a path its last part, without what no file system takes. */
export function nameOf(given: string | null): string | Refusal<'no-name'> {
  const last = (given ?? '').split(/[\\/]/).at(-1)!
  const name = last
    .replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '_')
    .trim()
    .replace(/^\.+/, '')
  return name === '' ? refuse('no-name', 'Say what the file is called: ?name=graph.png.') : shortened(name)
}

/** Too long a name is cut before its ending, by which programs know what it is. */
function shortened(name: string): string {
  if (name.length <= NAME_MAX) return name
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? ''
  return name.slice(0, NAME_MAX - ending.length).trim() + ending
}

/**
 * How a file is served, whatever it is: saved, never shown. A page or a drawing that somebody attached would otherwise run with the
 * rights of whoever looks at it.
 */
export function downloadHeaders({ name, bytes, sha256 }: { name: string; bytes: number; sha256: string }): Record<string, string> {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
  return {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    'content-length': String(bytes),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
    etag: `"${sha256}"`,
  }
}
