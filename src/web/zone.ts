import { storedText, useStoredChoice } from './stored-choice.ts'

/** The zone times are shown in beside UTC: an IANA name, or `browser` for that of the machine in use. */
export const zoneChoice = storedText('tocsin.zone', isZone, 'browser')

/** Every zone this browser knows, by name. */
export function zones(): string[] {
  return Intl.supportedValuesOf('timeZone')
}

export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone

export function useChosenZone(): string {
  const chosen = useStoredChoice(zoneChoice)
  return chosen === 'browser' ? browserZone : chosen
}

function isZone(text: string): text is string {
  if (text === 'browser') return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}
