import type { Readable } from 'node:stream'
import { createGunzip, createInflate } from 'node:zlib'

/** A body as it came, or the first part of it. */
export interface ReadBytes {
  bytes: Buffer
  /** How long it was, as far as it came. */
  length: number
  /** Why this is not all of it. */
  cut?: 'too-large' | 'broken-off'
}

/** What is beyond the limit is let go by, so that the sender hears the answer; who sends this much more is cut off. */
const LET_GO_BYTES_MAX = 64 * 1024 * 1024

/** Reads up to `bytesMax`. Never throws: a body that breaks off is as much of it as came. */
export async function readBytes(stream: Readable, bytesMax: number): Promise<ReadBytes> {
  const parts: Buffer[] = []
  let kept = 0
  let length = 0
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      length += part.length
      if (kept < bytesMax) {
        parts.push(part.length > bytesMax - kept ? part.subarray(0, bytesMax - kept) : part)
        kept += parts.at(-1)!.length
      }
      if (length > bytesMax + LET_GO_BYTES_MAX) break
    }
  } catch {
    return { bytes: Buffer.concat(parts), length, cut: 'broken-off' }
  }
  return { bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts), length, ...(length > bytesMax && { cut: 'too-large' }) }
}

/** How a body was packed, by its Content-Encoding. */
export type Packing = 'gzip' | 'deflate'

export function packingOf(encoding: string | undefined): Packing | 'none' | 'unknown' {
  const said = (encoding ?? '').trim().toLowerCase()
  if (said === '' || said === 'identity') return 'none'
  if (said === 'gzip' || said === 'x-gzip') return 'gzip'
  return said === 'deflate' ? 'deflate' : 'unknown'
}

/** Unpacks up to `bytesMax`: of a bomb the first part, of what breaks off as much as there is. */
export function unpacked(body: Buffer, packing: Packing, bytesMax: number): Promise<ReadBytes> {
  const unpack = packing === 'gzip' ? createGunzip() : createInflate()
  return new Promise((done) => {
    const parts: Buffer[] = []
    let length = 0
    const end = (cut?: ReadBytes['cut']) => {
      unpack.destroy()
      done({ bytes: Buffer.concat(parts).subarray(0, bytesMax), length, ...(cut && { cut }) })
    }
    unpack.on('data', (part: Buffer) => {
      parts.push(part)
      length += part.length
      if (length > bytesMax) end('too-large')
    })
    unpack.on('end', () => end())
    unpack.on('error', () => end('broken-off'))
    unpack.end(body)
  })
}
