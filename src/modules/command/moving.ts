import { type Refusal, refuse } from '../../kernel/result.ts'
import { type Incident, isOpen, numberText } from '../incidents/index.ts'

// Whether alerts may be taken from where they are, and put where somebody wants them. Pure: every act that moves alerts asks here.

/** An incident that alerts leave, and what remains in it without them. */
export interface Leaving {
  incident: Pick<Incident, 'number' | 'status' | 'visibility' | 'demo' | 'origin' | 'declaredAt' | 'mergedInto'>
  /** Whether it keeps any alert, open or ended. */
  keepsAny: boolean
}

/** Where they go: an incident that is there, or a new one. */
export type Goal = Pick<Incident, 'visibility' | 'demo' | 'origin'> & { there?: Pick<Incident, 'number' | 'status'> }

export type MovingRefusal = Refusal<
  'target-not-open' | 'source-not-open' | 'last-alert' | 'would-disclose' | 'would-hide' | 'drill-or-demo'
>

/** Undefined where nothing stands against it. `hides` says that a private goal is meant. */
export function mayMove(
  { loose, sources }: { loose: { demo: boolean }[]; sources: Leaving[] },
  goal: Goal,
  { hides, instead }: { hides: boolean; instead: Instead },
): MovingRefusal | undefined {
  const to = goal.there ? numberText(goal.there.number) : 'the new incident'
  if (goal.there && !isOpen(goal.there)) return refuse('target-not-open', `${to} is ${goal.there.status}; name one that is open.`)
  for (const { incident, keepsAny } of sources) {
    const from = numberText(incident.number)
    if (incident.mergedInto !== null && incident.status === 'merged')
      return refuse(
        'source-not-open',
        `${from} was merged into ${numberText(incident.mergedInto)}, and its alerts go there; try again when they have.`,
      )
    if (!isOpen(incident))
      return refuse('source-not-open', `${from} is ${incident.status}; its alerts stay where they were. Link the two incidents instead.`)
    if (incident.visibility === 'private' && goal.visibility === 'public')
      return refuse('would-disclose', `${from} is private and ${to} is not: everybody would see its alerts. Make ${to} private first.`)
    if (incident.demo !== goal.demo || (goal.origin === 'drill' && incident.origin !== 'drill')) return apart(from, to)
    // A declared one stands on what people say; what alerts opened is nothing without them.
    if (!keepsAny && incident.declaredAt === null) return refuse('last-alert', `${from} would keep no alert; ${instead(from, to)}.`)
  }
  if (loose.some(({ demo }) => demo !== goal.demo || goal.origin === 'drill')) return apart('the alert', to)
  if (goal.visibility === 'private' && !hides && (loose.length > 0 || sources.some(({ incident }) => incident.visibility === 'public')))
    return refuse('would-hide', `${to} is private: its members alone would see the alerts. Say \`hides: true\` if that is meant.`)
  return undefined
}

function apart(from: string, to: string): MovingRefusal {
  return refuse(
    'drill-or-demo',
    `One of ${from} and ${to} is of a drill or of the demo, where nobody is paged in earnest; alerts stay on their side.`,
  )
}

/** What to do with an incident as a whole. */
export type Instead = (from: string, to: string) => string

export const INSTEAD = {
  move: (from: string, to: string) => `merge the whole of it: PUT /incidents/${from}/merge { into: "${to}" }`,
  split: (from: string) => `leave one in it, or rename it: PATCH /incidents/${from}`,
  declare: (from: string) => `declare it itself: POST /incidents/${from}/declaration`,
} satisfies Record<string, Instead>
