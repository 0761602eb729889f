import type { Snippet, WayIn } from '../../modules/intake/source.ts'

/** The address with the key in it, which most senders are given. */
export function keyedAddress({ baseUrl, key }: WayIn): string {
  return `${baseUrl}/in/${key}`
}

/** The same by hand, for any shell. */
export function curlSnippet(url: string, body: unknown): Snippet {
  return {
    name: 'curl',
    code: `curl -X POST ${url} \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`,
  }
}
