import { contract } from '../../contract-routes.ts'
import { type Client, createClient } from '../../platform/client.ts'
import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'
import type { Found } from './find.ts'

/** The server as commands use it: the typed API, and plain requests for what stands beside it. */
export interface Server extends Found {
  api: Client<typeof contract>
  /** A request below the server's address, with the token unless said otherwise. */
  request(path: string, init?: RequestInit & { anonymous?: true }): Promise<Response>
}

const PATIENCE_MS = 30_000

/** `zone`: by whose clock sentences of the server say their moments. */
export function connect(found: Found, zone: string): Server {
  const reach: typeof fetch = async (input, init) => {
    const response = await fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(PATIENCE_MS) }).catch((error: Error) => {
      throw init?.signal?.aborted ? error : unreachable(found, error)
    })
    if (response.status === 401 && new Headers(init?.headers).has('authorization')) throw tokenRefused(found)
    return response
  }
  const answered: typeof fetch = async (input, init) => {
    const response = await reach(input, init)
    // A web server in the way, or a wrong address, answers with a page.
    if (!(response.headers.get('content-type') ?? '').includes('json'))
      throw new CommandError(
        EXIT.failed,
        `${found.url} answered ${response.status}, but not as Tocsin does.`,
        `Is the address right? It comes from ${found.through}.`,
      )
    return response
  }
  return {
    ...found,
    api: createClient(contract, {
      baseUrl: found.url,
      ...(found.token !== null && { token: found.token }),
      zone: () => zone,
      fetch: answered,
    }),
    request(path, { anonymous, ...init } = {}) {
      const headers = new Headers(init.headers)
      if (found.token !== null && !anonymous) headers.set('authorization', `Bearer ${found.token}`)
      return reach(`${found.url}${path}`, { ...init, headers })
    },
  }
}

/** To be refused is something else than to have said nothing. */
export function tokenRefused({ url, tokenThrough }: Found): CommandError {
  return new CommandError(
    EXIT.signIn,
    `The token from ${tokenThrough} is refused by ${url}: it was revoked, or is none of this server’s.`,
    '`tocsin token create` on the server’s machine makes another one.',
  )
}

function unreachable({ url, through }: Found, error: Error): CommandError {
  const cause = error.cause as { code?: string; message?: string } | undefined
  const why =
    error.name === 'TimeoutError'
      ? 'does not answer'
      : cause?.code === 'ECONNREFUSED'
        ? 'is not running there'
        : `cannot be reached (${cause?.code ?? cause?.message ?? error.message})`
  return new CommandError(
    EXIT.failed,
    `The server ${why}: ${url}, from ${through}.`,
    '`tocsin serve` starts one; --server or --profile names another.',
  )
}
