import { z } from 'zod'
import type { Reaches } from '../people/index.ts'
import type { Channel } from './channel.ts'
import type { ChannelView } from './contract.ts'

/** A channel as it is told to those who only show it: words and facts, no code. */
export function toldOf(channel: Channel): ChannelView {
  const { name, icon, title, choice = title, short = title, about, address, secret, settings, can, needs } = channel
  return {
    ...{ name, icon, title, choice, short, about },
    address: { hint: address.hint, example: address.example },
    secret: secret ?? null,
    settings: settings ? { schema: z.toJSONSchema(settings.schema, { io: 'input' }), labels: settings.labels } : null,
    can: { ...can, perMinute: can.perMinute ?? null },
    needs: needs ?? null,
  }
}

/** What a contact's channel is heard on; one that nobody has any more is heard by nobody near. */
export function reachingOf(channels: Pick<Channel, 'name' | 'can'>[]): (channel: string) => Reaches {
  const known = new Map(channels.map(({ name, can }) => [name, can.reaches]))
  return (channel) => known.get(channel) ?? 'a program'
}
