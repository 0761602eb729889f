import type { Instant } from '../../kernel/time.ts'

export const ROOM_NAME_TEMPLATE = 'incident-{date}-{slug}'

/**
 * Where people talk over an incident, as it is declared: `https://meet.jit.si/acme-{number}`. What it goes by may change its name
 * later, this does not; `{number}` stays until the incident has one. A private one tells its title to nobody.
 */
export function bridgeOf(template: string, incident: Pick<RoomOf, 'title' | 'level' | 'declaredAt' | 'private'>): string {
  const { title, level, declaredAt } = incident
  const values: Record<string, string> = {
    slug: (!incident.private && cut(slugOf(title), BRIDGE_SLUG_MAX)) || 'inc-{number}',
    level: slugOf(level),
    date: new Date(declaredAt).toISOString().slice(0, 10),
  }
  return template.replaceAll(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)
}

export function numbered(bridge: string, number: number): string {
  return bridge.replaceAll('{number}', String(number))
}

export interface RoomOf {
  number: number
  /** How many incidents there were in its year, itself included. */
  numberInYear: number
  title: string
  level: string
  declaredAt: Instant
  drill: boolean
  private: boolean
}

/** What meeting services take as the name of a room. */
const BRIDGE_SLUG_MAX = 60

/** Cutting at a word is worth so many characters. */
const LOST_MAX = 20

/**
 * Names for the room of an incident, the first that is free to be taken: `incident-2026-11-21-api-gateway-down`, then
 * `…-2` to `…-9`, then `…-inc-142`. None is longer than the chat allows.
 */
export function roomNames(template: string, incident: RoomOf, lengthMax: number): string[] {
  const date = new Date(incident.declaredAt).toISOString().slice(0, 10)
  const number = `inc-${incident.number}`
  const values: Record<string, string> = {
    date,
    year: date.slice(0, 4),
    n3: String(incident.numberInYear).padStart(3, '0'),
    number: String(incident.number),
    level: slugOf(incident.level),
  }
  // A private incident tells its title to nobody, not even by the name of its room.
  const slug = incident.private ? number : slugOf(incident.title) || number
  const named = (slugMax: number, after: string) => {
    const filled = template.replaceAll(/\{(\w+)\}/g, (_, key: string) => (key === 'slug' ? cut(slug, slugMax) : (values[key] ?? '')))
    return `${incident.drill ? 'drill-' : ''}${filled}${after}`.replaceAll(/-{2,}/g, '-').replace(/-$/, '')
  }
  return ['', '-2', '-3', '-4', '-5', '-6', '-7', '-8', '-9', `-${number}`].map((after) => {
    const whole = named(slug.length, after)
    if (whole.length <= lengthMax) return whole
    const room = slug.length - (whole.length - lengthMax)
    return named(Math.max(0, room), after).slice(0, lengthMax)
  })
}

/** Small letters, digits and hyphens: `Über-Größe: 503` is `uber-grosse-503`. */
export function slugOf(title: string): string {
  return title
    .replaceAll('ß', 'ss')
    .replaceAll(/[æÆ]/g, 'ae')
    .replaceAll(/[øØ]/g, 'o')
    .replaceAll(/[łŁ]/g, 'l')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

function cut(slug: string, lengthMax: number): string {
  if (slug.length <= lengthMax) return slug
  const hard = slug.slice(0, lengthMax)
  // A word that ends just here is whole.
  const end = slug[lengthMax] === '-' ? lengthMax : hard.lastIndexOf('-')
  return end > 0 && lengthMax - end <= LOST_MAX ? hard.slice(0, end) : hard
}
