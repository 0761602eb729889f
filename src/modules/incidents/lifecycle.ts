import { type Refusal, refuse } from '../../kernel/result.ts'
import { type IncidentStatus, isOpen, STATUSES, type Standing } from './status.ts'

/** How an incident stands, and whether it is declared: a person made it theirs to work on. A plain one, opened by alerts, keeps a plain life. */
export interface Declared extends Standing {
  declared: boolean
}

/**
 * What a person, or the system in their place, may do to how an incident stands. `may.ts` answers of the three acts that plain incidents
 * have too, for those who know no more of one than its status.
 */
export const ACTS = [
  'acknowledge',
  'investigate',
  'identify',
  'mitigate',
  'mitigated',
  'resolve',
  'close',
  'cancel',
  'reopen',
  'merge',
  'declare',
  'escalate',
  'recur',
] as const
export type Act = (typeof ACTS)[number]

interface Rule {
  from: readonly IncidentStatus[]
  to: IncidentStatus | 'same'
  /** Of whom it may be done; anybody's unless said. */
  of?: 'declared' | 'plain'
  held?: boolean
}

const OPEN = STATUSES.filter((status) => isOpen({ status }))
const BUT_THE_GOAL = (to: IncidentStatus) => OPEN.filter((status) => status !== to)

/** Who works on it has it: the four acts of the work acknowledge what nobody has. */
const WORK = (to: IncidentStatus): Rule => ({ from: BUT_THE_GOAL(to), to, of: 'declared', held: true })

const TABLE: Record<Exclude<Act, 'acknowledge' | 'escalate'>, Rule> = {
  investigate: WORK('investigating'),
  identify: WORK('identified'),
  mitigate: WORK('mitigating'),
  mitigated: WORK('monitoring'),
  resolve: { from: OPEN, to: 'resolved' },
  close: { from: ['resolved'], to: 'closed', of: 'declared' },
  cancel: { from: OPEN, to: 'cancelled', of: 'declared' },
  reopen: { from: ['resolved', 'closed', 'cancelled'], to: 'investigating', of: 'declared', held: true },
  merge: { from: OPEN, to: 'merged' },
  declare: { from: OPEN, to: 'same', of: 'plain' },
  recur: { from: ['monitoring'], to: 'investigating', held: false },
}

/** Where an act leads; `already` when it is there and nothing changes. */
export function afterAct(standing: Declared, act: Act): Declared | 'already' | Refusal<'not-from-here' | 'already-resolved' | 'merged'> {
  const next = lead(standing, act)
  if (next !== 'nowhere') return next
  const { status } = standing
  if (act === 'acknowledge' || act === 'escalate')
    return status === 'merged'
      ? refuse('merged', 'It was merged into another; act there.')
      : refuse('already-resolved', `It is ${status}; there is nothing left to acknowledge and nobody to page.`)
  const possible = possibleActs(standing)
  const mend = possible.length === 0 ? 'nothing more happens to it' : `possible now: ${possible.join(', ')}`
  return refuse('not-from-here', `It is ${status}${standing.declared ? '' : ' and not declared'}, so it cannot ${act}; ${mend}.`)
}

/** The acts of a person that would change something now, in the order of the work. */
export function possibleActs(standing: Declared): Act[] {
  return ACTS.filter((act) => act !== 'recur' && typeof lead(standing, act) === 'object')
}

function lead(standing: Declared, act: Act): Declared | 'already' | 'nowhere' {
  const { status, held, declared } = standing
  if (act === 'acknowledge' || act === 'escalate') {
    if (!isOpen({ status })) return 'nowhere'
    if (act === 'escalate') return { ...standing, held: false, status: status === 'acknowledged' ? 'detected' : status }
    return held ? 'already' : { ...standing, held: true, status: status === 'detected' ? 'acknowledged' : status }
  }
  const rule = TABLE[act]
  // What is open was never closed: it is not there because it was reopened.
  if (status === rule.to && act !== 'reopen' && act !== 'recur') return 'already'
  if (act === 'declare' && declared && isOpen({ status })) return 'already'
  const isOfThese = rule.of === undefined || (rule.of === 'declared') === declared
  if (!rule.from.includes(status) || !isOfThese) return 'nowhere'
  const to = rule.to === 'same' ? status : rule.to
  return { status: to, declared: declared || act === 'declare', held: rule.held ?? (held && isOpen({ status: to })) }
}
