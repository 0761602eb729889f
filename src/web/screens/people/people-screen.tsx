import './people-screen.css'
import { type ReactNode, useState } from 'react'
import { type Instant, SECOND } from '../../../kernel/time.ts'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Avatar, type PersonLook } from '../../parts/avatar.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Chip, FilterChip } from '../../parts/chip.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Icon } from '../../parts/icon.tsx'
import { type Loadable, Loaded, shownOf } from '../../parts/loadable.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SegmentedLinks } from '../../parts/segmented.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { interval, shiftTime } from '../../parts/time-words.ts'
import type { Way } from '../../product/on-call/duty.ts'
import { OnCallTabs } from '../../product/on-call/on-call-tabs.tsx'
import { Ways } from '../../product/on-call/ways.tsx'
import { words as onCallWords } from '../../product/on-call/words.ts'
import { words } from '../../product/people/words.ts'
import { listKeys } from '../../product/shell/key-hints.ts'
import { words as steps } from '../../product/shell/step-words.ts'

export interface PersonRow {
  name: string
  look: PersonLook
  isMe: boolean
  email?: string | undefined
  teams: { name: string; displayName: string }[]
  role: keyof typeof words.roles
  onCall: { policyName: string; level: number; catchAll: boolean }[]
  nextFrom?: Instant | undefined
  ways: Way[]
  reach: 'unreachable' | 'doubtful' | 'good'
  /** Why a page would not arrive, or when the last one did. */
  proof: { kind: 'none' | 'drawn' | 'failing' | 'untried' } | { kind: 'delivered'; at: Instant }
  acknowledges?: { medianSeconds: number; count: number } | undefined
}

export const peopleFilters = ['all', 'on-call', 'hard', 'untested'] as const
export type PeopleFilter = (typeof peopleFilters)[number]

export interface PeopleScreenProps {
  show: PeopleFilter
  team?: string | undefined
  people: Loadable<PersonRow[]>
  beside?: ReactNode
}

const fits: Record<PeopleFilter, (row: PersonRow) => boolean> = {
  all: () => true,
  'on-call': ({ onCall }) => onCall.length > 0,
  hard: ({ reach }) => reach !== 'good',
  untested: ({ ways }) => !ways.some(({ state }) => state === 'works'),
}

export function PeopleScreen({ show, team, people, beside }: PeopleScreenProps) {
  const [sought, setSought] = useState('')
  useKeys({
    j: () => moveThroughRows(1),
    k: () => moveThroughRows(-1),
    '/': () => document.getElementById('people-search')?.focus(),
  })
  const all = shownOf(people)?.filter((row) => team === undefined || row.teams.some(({ name }) => name === team))
  const teamName = all?.flatMap(({ teams }) => teams).find(({ name }) => name === team)?.displayName ?? team
  const hard = all?.filter(fits.hard).length ?? 0
  return (
    <Page
      crumbs={[{ name: onCallWords.title, href: links.onCall() }, { name: words.title }]}
      keys={[...listKeys.slice(0, 2), { keys: ['/'], does: words.keys.search }]}
    >
      <PageHead title={words.title} beside={beside} tight>
        {all && all.length > 0 && words.summary(hard, all.length)}
      </PageHead>
      <OnCallTabs current="people" />
      <div className="people-bar">
        <SegmentedLinks
          label={words.filters}
          segments={peopleFilters.map((value) => ({ value, name: words.filter[value], count: all?.filter(fits[value]).length }))}
          current={show}
          hrefOf={(value) => links.people({ show: value === 'all' ? undefined : value, team })}
        />
        {team !== undefined && <TeamChip name={teamName ?? team} href={links.people({ show: show === 'all' ? undefined : show })} />}
        <span className="input-with-icon">
          <Icon name="search" />
          <input
            id="people-search"
            className="input"
            type="search"
            aria-label={words.search}
            placeholder={words.search}
            value={sought}
            onChange={(event) => setSought(event.target.value)}
          />
        </span>
      </div>
      <ScrollRegion label={words.list} className="people-list people-table">
        <Loaded of={people} skeleton={<SkeletonRows rows={8} />}>
          {(rows) => <Listed rows={rows} shown={(all ?? []).filter((row) => fits[show](row) && matches(row, sought))} />}
        </Loaded>
      </ScrollRegion>
    </Page>
  )
}

function TeamChip({ name, href }: { name: string; href: string }) {
  return (
    <FilterChip removeLabel={words.removeTeam} onRemove={() => location.assign(href)}>
      {`Team ${name}`}
    </FilterChip>
  )
}

function matches({ look, name, teams, email }: PersonRow, sought: string): boolean {
  const text = [look.name, name, email ?? '', ...teams.map(({ displayName }) => displayName)].join(' ').toLowerCase()
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function Listed({ rows, shown }: { rows: PersonRow[]; shown: PersonRow[] }) {
  if (shown.length > 0)
    return (
      <Table label={words.list} columns={columns} groups={[{ rows: shown }]} keyOf={({ name }) => name} isOwn={({ isMe }) => isMe} spread />
    )
  const says = rows.length === 0 ? words.empty : words.noneSuch
  return (
    <EmptyState
      title={says.title}
      headingLevel={2}
      step={
        rows.length === 0 ? (
          <ButtonLink href={links.create('people')}>{steps.addPerson}</ButtonLink>
        ) : (
          <ButtonLink href={links.people()}>{steps.allPeople}</ButtonLink>
        )
      }
    >
      <p>{says.text}</p>
    </EmptyState>
  )
}

const columns: Column<PersonRow>[] = [
  {
    head: words.columns.person,
    fills: true,
    cell: ({ name, look, email, isMe }) => (
      <span className="person-cell">
        <Avatar person={look} size={28} />
        <span className="grow">
          <RowLink href={links.person(name)}>{look.name}</RowLink> {isMe && <Chip tone="on">{words.you}</Chip>}
          {email && <span className="table-detail">{email}</span>}
        </span>
      </span>
    ),
  },
  { head: words.columns.teams, wideOnly: true, cell: ({ teams }) => teams.map(({ displayName }) => displayName).join(', ') },
  { head: words.columns.may, wideOnly: true, cell: ({ role }) => words.roles[role] },
  { head: words.columns.onCall, wideOnly: true, cell: (row) => <OnCallCell row={row} /> },
  { head: words.columns.reach, cell: ({ look, ways }) => <Ways person={look.name} ways={ways} /> },
  { head: words.columns.proof, wideOnly: true, cell: ({ proof }) => <ProofCell proof={proof} /> },
  {
    head: words.columns.acks,
    wideOnly: true,
    align: 'right',
    cell: ({ acknowledges }) =>
      acknowledges ? (
        <span title={words.acks(interval(acknowledges.medianSeconds * SECOND), acknowledges.count)}>
          {interval(Math.round(acknowledges.medianSeconds) * SECOND)}
        </span>
      ) : (
        <span className="dim">{words.noPages}</span>
      ),
  },
]

function OnCallCell({ row: { onCall, nextFrom } }: { row: PersonRow }) {
  const next = useTicking((now, zone) => (nextFrom === undefined ? '' : shiftTime(nextFrom, now, zone)))
  const levels = onCall.filter(({ catchAll }) => !catchAll)
  const [first, ...rest] = levels.length > 0 ? levels : onCall
  if (first)
    return (
      <span className="line">
        <b className="cut">{first.catchAll ? `${first.policyName} ${words.catchAll}` : `${first.policyName} ${first.level}`}</b>
        {rest.length > 0 && <span className="dim">{`+${rest.length}`}</span>}
      </span>
    )
  return next ? <span className="sub">{words.from(next)}</span> : <span className="dim">{words.notOnRota}</span>
}

function ProofCell({ proof }: { proof: PersonRow['proof'] }) {
  const when = useTicking((now, zone) => (proof.kind === 'delivered' ? shiftTime(proof.at, now, zone) : ''))
  if (proof.kind === 'delivered')
    return (
      <span className="people-proof">
        <Icon name="check" size={14} /> {when}
      </span>
    )
  return (
    <span className={proof.kind === 'untried' ? 'people-doubt' : 'people-doubt people-bad'}>
      <Icon name="warn" size={14} />
      {words.proof[proof.kind]}
    </span>
  )
}
