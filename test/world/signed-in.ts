import type { World } from './world.ts'

/** The headers of a browser in which a person has signed in, by a link as the command line makes it. */
export async function signedIn({ api, baseUrl }: World, person: string): Promise<Record<string, string>> {
  const { url } = await api.createLoginLink({ body: { person } })
  const entered = await fetch(url.replace('http://tocsin.test', baseUrl), { method: 'POST', redirect: 'manual' })
  return { cookie: entered.headers.get('set-cookie')!.split(';')[0]! }
}
