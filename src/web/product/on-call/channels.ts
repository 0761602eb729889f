import { channelsTold } from '../../../channels-told.js'
import { language } from '../../language.ts'
import type { IconName } from '../../parts/icon-names.ts'

export type Channel = (typeof channels)[number]

/** The channels as they describe themselves, in the language of this page. A screen asks for what a channel can do, never for its name. */
export const channels = channelsTold.map(({ icon, title, choice, short, address, secret, settings, ...channel }) => ({
  ...channel,
  // That it is one of them is a test's to say.
  icon: icon as IconName,
  title: title[language],
  choice: choice[language],
  short: short[language],
  addressHint: address.hint[language],
  example: address.example,
  secretHint: secret?.hint[language],
  settings:
    settings === null
      ? []
      : Object.entries(settings.labels).map(([key, { label, hint }]) => ({
          key,
          label: label[language],
          hint: hint?.[language],
          schema: (settings.schema as { properties: Record<string, { type?: string }> }).properties[key] ?? {},
        })),
}))

export function channelOf(name: string): Channel | undefined {
  return channels.find((one) => one.name === name)
}

export function channelIcon(name: string): IconName {
  return channelOf(name)?.icon ?? 'push'
}

export function channelName(name: string): string {
  return channelOf(name)?.short ?? name
}
