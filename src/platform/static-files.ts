import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { type Refusal, refuse } from '../kernel/result.ts'
import { type RawReply, type RawRequest, type RawRoute, SECURITY_HEADERS } from './http.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

interface File {
  plain: Buffer
  /** As the build has packed it, the smallest first. */
  packed: { encoding: string; bytes: Buffer }[]
  type: string
  cache: string
}

/**
 * The built web application, read into memory at start: it is small, and packed when it is built. Every path that is not a file is
 * the application's own address and gets its page, so that links survive a reload.
 */
export function staticFiles(folder: string): RawRoute[] {
  const files = existsSync(folder) ? readFiles(folder, '') : new Map<string, File>()
  const page = files.get('/index.html')
  const handle = async (request: RawRequest): Promise<RawReply> => {
    const file = files.get(request.path) ?? (extname(request.path) === '' ? page : undefined)
    // A program that mistyped an address is not handed the application.
    if (request.path.startsWith('/api/')) return { status: 404, body: JSON.stringify(noSuchAddress(request)), headers: JSON_REPLY }
    if (!file) return { status: 404, body: 'There is nothing here.\n', headers: { 'content-type': 'text/plain; charset=utf-8' } }
    const packed = file.packed.find(({ encoding }) => accepts(request.headers, encoding))
    return {
      status: 200,
      body: packed?.bytes ?? file.plain,
      headers: {
        ...SECURITY_HEADERS,
        'content-type': file.type,
        'cache-control': file.cache,
        vary: 'accept-encoding',
        ...(packed && { 'content-encoding': packed.encoding }),
      },
    }
  }
  return [
    // The application starts while the database is away, and says so.
    { method: 'GET', path: '/', permission: 'public', callerWithinMs: 0, handle },
    { method: 'GET', path: '/*', permission: 'public', callerWithinMs: 0, handle },
  ]
}

const JSON_REPLY = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

function noSuchAddress({ method, path }: RawRequest): Refusal {
  return refuse('not-found', `There is nothing at ${method} ${path}.`)
}

/** The application's page, and the files that it may name; undefined while nothing is built. */
export function builtPage(folder: string): { text: string; assets: string[] } | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined
  return { text: readFileSync(join(folder, 'index.html'), 'utf8'), assets: readdirSync(join(folder, 'assets')) }
}

const PACKED = { '.br': 'br', '.gz': 'gzip' } as const

export function accepts(headers: RawRequest['headers'], encoding: string): boolean {
  const wanted = String(headers['accept-encoding'] ?? '').split(',')
  return wanted.some((one) => one.split(';')[0]!.trim() === encoding && !/;\s*q=0(\.0*)?\s*$/.test(one))
}

function readFiles(folder: string, below: string): Map<string, File> {
  const files = new Map<string, File>()
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = `${below}/${entry.name}`
    if (entry.isDirectory()) for (const [name, file] of readFiles(folder, path)) files.set(name, file)
    else if (!(extname(path) in PACKED)) files.set(path, fileOf(join(folder, path), path))
  }
  return files
}

function fileOf(from: string, path: string): File {
  const plain = readFileSync(from)
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  // Names under assets/ hold a hash of the content, so they never change.
  const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
  const packed = Object.entries(PACKED).flatMap(([end, encoding]) =>
    existsSync(`${from}${end}`) ? [{ encoding, bytes: readFileSync(`${from}${end}`) }] : [],
  )
  return { plain, packed, type, cache }
}
