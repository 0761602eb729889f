import { type Instant, MINUTE, SECOND } from '../../kernel/time.ts'

/** What somebody does in an incident, beside or instead of working on its cause. */
export interface RoleSpec {
  displayName?: string | undefined
  alsoCalled?: string[] | undefined
  duties: string[]
  firstSteps: string[]
  many?: boolean | undefined
  hold?: 'anyone' | { teams: string[] } | { trained: true | string } | undefined
  enforce?: 'warn' | 'refuse' | undefined
  handsOff?: boolean | undefined
}

/** Roles that are there from the start, to be used as they are or written anew under the same name. */
export const BUILT_IN: Record<string, RoleSpec> = {
  commander: {
    displayName: 'Incident commander',
    alsoCalled: ['ic'],
    duties: [
      'Decides what is done next, and by whom',
      'Keeps everybody to one plan, and says when it changes',
      'Sees to it that every role is filled and every promise kept',
      'Does not debug: whoever digs loses sight of the whole',
    ],
    firstSteps: [
      'Say aloud that you are in command',
      'Ask for what is known: what is hit, since when, what was tried',
      'Give the empty roles to people, by name',
    ],
    handsOff: true,
  },
  'technical-lead': {
    displayName: 'Technical lead',
    alsoCalled: ['tl', 'lead', 'ops'],
    duties: [
      'Finds out what is wrong, and how it can be stopped',
      'Leads those who change anything',
      'Tells the commander what each step risks',
    ],
    firstSteps: ['Look at what changed last', 'Name the quickest way to stop the harm', 'Ask for the experts you lack'],
    many: true,
  },
  'communications-lead': {
    displayName: 'Communications lead',
    alsoCalled: ['comms'],
    duties: ['Tells people inside and outside what is so, before they have to ask', 'Promises when the next word comes, and keeps it'],
    firstSteps: [
      'Post the first update: what is hit, and that it is being worked on',
      'Say when the next one comes',
      'Ask support what customers report',
    ],
  },
  scribe: {
    displayName: 'Scribe',
    duties: ['Writes down what is seen, tried and decided, with its time', 'Asks where something was not said clearly'],
    firstSteps: ['Note who is here', 'Write down what was tried before you came', 'Read the decisions back'],
  },
  expert: {
    displayName: 'Subject-matter expert',
    alsoCalled: ['sme'],
    duties: ['Knows one part well, and says what it can and cannot do', 'Takes tasks of the technical lead'],
    firstSteps: ['Say what you know, and what you do not', 'Look at your own part first', 'Report what you find, also when it is nothing'],
    many: true,
  },
  'executive-liaison': {
    displayName: 'Executive liaison',
    alsoCalled: ['exec'],
    duties: ['Keeps the management informed, and out of the way', 'Brings back decisions that only they can take'],
    firstSteps: ['Tell them what is so, in two sentences', 'Say when they hear more', 'Ask the commander what has to be decided above'],
  },
}

/** How long an offer waits for an answer. */
export const OFFER_MS = 10 * MINUTE

export function lapsesAt(offeredAt: Instant, pace: number): Instant {
  return offeredAt + Math.max(SECOND, Math.round(OFFER_MS / pace))
}

/** Why somebody may not have a role; undefined where they may. */
export function barredBecause(
  role: { name: string; spec: RoleSpec },
  { teams, trained }: { teams: string[]; trained: string[] },
): string | undefined {
  const { hold = 'anyone' } = role.spec
  if (hold === 'anyone') return undefined
  if ('teams' in hold) return hold.teams.some((one) => teams.includes(one)) ? undefined : `it is for ${hold.teams.join(', ')}`
  const wanted = hold.trained === true ? role.name : hold.trained
  return trained.includes(wanted) ? undefined : `it is for whoever is trained: ${wanted}`
}
