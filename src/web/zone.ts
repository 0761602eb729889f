import { isTimeZone } from '../kernel/zone.ts'
import { storedText, useStoredChoice } from './stored-choice.ts'

/** The zone times are shown in beside UTC: an IANA name, or `browser` for that of the machine in use. */
export const zoneChoice = storedText('tocsin.zone', isZone, 'browser')

/** Every zone this browser knows, by name. */
export function zones(): string[] {
  return Intl.supportedValuesOf('timeZone')
}

export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The one chosen, told to the server too: sentences that come from there say their moments in it. */
export function chosenZone(): string {
  const chosen = zoneChoice.read()
  return chosen === 'browser' ? browserZone : chosen
}

export function useChosenZone(): string {
  const chosen = useStoredChoice(zoneChoice)
  return chosen === 'browser' ? browserZone : chosen
}

function isZone(text: string): text is string {
  return text === 'browser' || isTimeZone(text)
}
