import type { Instant } from '../../kernel/time.ts'
import type { Documents } from '../../modules/documents/index.ts'
import { Person, type PersonContact, type PersonSpec } from '../../modules/people/index.ts'
import type { Sql } from '../../platform/db.ts'

/** What the last pages through a contact tell about it. */
export interface ContactProof {
  state: 'works' | 'failing' | 'untried'
  deliveredAt: Instant | null
  failedAt: Instant | null
  /** The provider's word on the last failure. */
  failure: string | null
}

export type Proofs = (person: string, contact: string) => ContactProof

const UNTRIED: ContactProof = { state: 'untried', deliveredAt: null, failedAt: null, failure: null }

/** So many of a person's latest pages are looked at. */
const PAGES = 50

/**
 * Whether contacts work, by the pages that went through them. Pages from before a contact was changed prove nothing
 * about it. One statement, and the versions of people that are no longer at hand.
 */
export async function readContactProofs(
  sql: Sql,
  documents: Documents,
  people: Map<string, { version: number; spec: PersonSpec }>,
): Promise<Proofs> {
  const rows = await sql<ProofRow>`
    select p.person, p.contact, p.person_version as version, max(a.ended_at) filter (where a.outcome = 'delivered') as delivered_at,
      max(a.ended_at) filter (where a.outcome <> 'delivered') as failed_at,
      (array_agg(a.answer order by a.ended_at desc) filter (where a.outcome <> 'delivered'))[1] as failure
    from unnest(${[...people.keys()]}::text[]) as asked(person)
    cross join lateral (
      select id, person, contact, person_version from paging_pages where person = asked.person order by queued_at desc limit ${PAGES}
    ) p
    join paging_attempts a on a.page_id = p.id
    group by p.person, p.contact, p.person_version`
  const proofs = new Map<string, ContactProof>()
  for (const row of rows) {
    const now = people.get(row.person)
    const then = row.version === now?.version ? now : await documents.version(sql, Person, row.person, row.version)
    if (!isSameWay(contactOf(now?.spec, row.contact), contactOf(then?.spec, row.contact))) continue
    const key = `${row.person}\n${row.contact}`
    proofs.set(key, together(proofs.get(key) ?? UNTRIED, row))
  }
  return (person, contact) => proofs.get(`${person}\n${contact}`) ?? UNTRIED
}

interface ProofRow {
  person: string
  contact: string
  version: number
  delivered_at: Instant | null
  failed_at: Instant | null
  failure: string | null
}

function together(known: ContactProof, row: ProofRow): ContactProof {
  const deliveredAt = later(known.deliveredAt, row.delivered_at)
  const failedAt = later(known.failedAt, row.failed_at)
  const failure = failedAt === row.failed_at ? row.failure : known.failure
  const state = deliveredAt === null ? (failedAt === null ? 'untried' : 'failing') : (failedAt ?? 0) > deliveredAt ? 'failing' : 'works'
  return { state, deliveredAt, failedAt, failure }
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  return a === null ? b : b === null ? a : Math.max(a, b)
}

function contactOf(person: PersonSpec | undefined, name: string): PersonContact | undefined {
  return person?.contacts?.find((one) => one.name === name)
}

function isSameWay(one: PersonContact | undefined, other: PersonContact | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    one.channel === other.channel &&
    one.address === other.address &&
    JSON.stringify([one.secret, one.settings]) === JSON.stringify([other.secret, other.settings])
  )
}
