import type { BrowserContext } from 'playwright-core'

/** The phone that the first alert rings, and the newest page on it. */
export interface RungPhone {
  person: string
  displayName: string
  incident: { number: string; title: string }
  acknowledgeLink: string
}

/** As whoever is signed in there. */
export async function readRungPhone(context: BrowserContext, url: string): Promise<RungPhone> {
  const phones = await get<{ items: Phone[] }>(context, `${url}/api/v1/demo/phones`)
  const { person, displayName } = phones.items.find((one) => one.ringsFirst)!
  const messages = await get<{ items: Message[] }>(context, `${url}/api/v1/demo/phones/${person}/messages`)
  const { incident, actions } = messages.items[0]!.pages[0]!
  return { person, displayName, incident, acknowledgeLink: actions.acknowledge }
}

interface Phone {
  person: string
  displayName: string
  ringsFirst: boolean
}

interface Message {
  pages: { incident: { number: string; title: string }; actions: { acknowledge: string } }[]
}

async function get<Reply>(context: BrowserContext, url: string): Promise<Reply> {
  return (await (await context.request.get(url)).json()) as Reply
}
