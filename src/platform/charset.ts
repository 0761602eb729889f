import { isUtf8 } from 'node:buffer'

export interface Decoded {
  /** In UTF-8. */
  body: Buffer
  /** What the sender has to know about how it was read. */
  warning?: string
}

/**
 * A body as UTF-8. What its bytes say of themselves (a byte order mark) counts first, then the charset of the header;
 * without either, bytes that are no UTF-8 are read as Windows-1252, which every byte is text in: two alerts must never
 * become one because their letters could not be told apart.
 */
export function decoded(body: Buffer, contentType: string | undefined): Decoded {
  const mark = body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : undefined
  if (mark !== undefined) return { body: Buffer.from(new TextDecoder(mark).decode(body)) }
  const named = /charset\s*=["'\s]*([^\s"';,]{1,40})/i.exec((contentType ?? '').slice(0, 1000))?.[1]?.toLowerCase()
  const label = named === undefined || /^utf-?8$/.test(named) ? undefined : named
  if (label !== undefined && !/^us-?ascii$/.test(label)) {
    if (isWestern(label)) return { body: fromWindows1252(body) }
    const decoder = decoderOf(label)
    if (decoder) return { body: Buffer.from(decoder.decode(body)) }
  }
  const wide = wideWithoutMark(body)
  if (wide !== undefined) return { body: Buffer.from(new TextDecoder(wide).decode(body)) }
  const unknown = label === undefined || decoderOf(label) ? undefined : `the charset ‹${label}› is not known`
  if (isUtf8(body)) return unknown === undefined ? { body } : { body, warning: `${unknown}, read as UTF-8` }
  return {
    body: fromWindows1252(body),
    warning: `${unknown ?? 'the body is not valid UTF-8'}, read as Windows-1252: send UTF-8, or name the charset in Content-Type`,
  }
}

function isWestern(label: string): boolean {
  return /^(iso-?8859-?1|iso_8859-1|latin-?1|l1|windows-1252|cp-?1252|x-cp1252)$/.test(label)
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label)
  } catch {
    return undefined
  }
}

/** JSON begins with a letter of ASCII: where a NUL stands beside it, each letter takes two bytes. */
function wideWithoutMark(body: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (body.length < 4 || body.length % 2 === 1) return undefined
  if (body[0] !== 0 && body[1] === 0 && body[2] !== 0 && body[3] === 0) return 'utf-16le'
  return body[0] === 0 && body[1] !== 0 && body[2] === 0 && body[3] !== 0 ? 'utf-16be' : undefined
}

/** What Windows-1252 has where ISO-8859-1 has control characters. By hand: Node's own decoder has not always known it. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

function fromWindows1252(body: Buffer): Buffer {
  return Buffer.from(body.toString('latin1').replace(/[\u0080-\u009f]/g, (letter) => HIGH[letter.charCodeAt(0) - 0x80]!))
}
