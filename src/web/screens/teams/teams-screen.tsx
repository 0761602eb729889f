import './teams-screen.css'
import type { ReactNode } from 'react'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Avatars, Person, type PersonLook } from '../../parts/avatar.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { OnCallTabs } from '../../product/on-call/on-call-tabs.tsx'
import { words as onCallWords } from '../../product/on-call/words.ts'
import { listKeys } from '../../product/shell/key-hints.ts'
import { words as steps } from '../../product/shell/step-words.ts'
import { words } from './words.ts'

export interface TeamRow {
  name: string
  displayName: string
  lead?: PersonLook | undefined
  members: PersonLook[]
  services: number
  openIncidents: number
  worst?: SeverityRank | undefined
}

export interface TeamsScreenProps {
  teams: Loadable<TeamRow[]>
  beside?: ReactNode
  mayWrite: boolean
}

export function TeamsScreen({ teams, beside, mayWrite }: TeamsScreenProps) {
  useKeys({ j: () => moveThroughRows(1), k: () => moveThroughRows(-1) })
  return (
    <Page crumbs={[{ name: onCallWords.title, href: links.onCall() }, { name: words.title }]} keys={listKeys.slice(0, 2)}>
      <PageHead title={words.title} beside={beside} tight />
      <OnCallTabs current="teams" />
      <ScrollRegion label={words.list} className="team-list">
        <Loaded of={teams} skeleton={<SkeletonRows rows={6} />}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState
                title={words.empty.title}
                headingLevel={2}
                step={
                  mayWrite ? (
                    <ButtonLink kind="primary" icon="plus" href={links.create('teams')}>
                      {words.add}
                    </ButtonLink>
                  ) : (
                    <ButtonLink href={links.people()}>{steps.allPeople}</ButtonLink>
                  )
                }
              >
                <p>{words.empty.text}</p>
              </EmptyState>
            ) : (
              <Table label={words.list} columns={columns} groups={[{ rows }]} keyOf={({ name }) => name} spread />
            )
          }
        </Loaded>
      </ScrollRegion>
    </Page>
  )
}

const columns: Column<TeamRow>[] = [
  {
    head: words.columns.team,
    fills: true,
    cell: ({ name, displayName, members, services }) => (
      <>
        <RowLink href={links.team(name)}>{displayName}</RowLink>
        <span className="table-detail narrow-only">{words.summary(members.length, services)}</span>
      </>
    ),
  },
  {
    head: words.columns.lead,
    wideOnly: true,
    cell: ({ lead }) => (lead ? <Person person={lead} /> : <span className="dim">{words.noLead}</span>),
  },
  {
    head: words.columns.members,
    wideOnly: true,
    cell: ({ members }) =>
      members.length > 0 && (
        <span className="line">
          <Avatars people={members.slice(0, 6)} label={members.map(({ name }) => name).join(', ')} />
          <span className="dim">{members.length}</span>
        </span>
      ),
  },
  { head: words.columns.services, wideOnly: true, align: 'right', cell: ({ services }) => services },
  {
    head: words.columns.open,
    align: 'right',
    cell: ({ openIncidents, worst }) =>
      worst === undefined ? (
        <span className="dim">{words.nothingOpen}</span>
      ) : (
        <span className="team-open">
          <SeverityMark rank={worst} size={16} /> {words.open(openIncidents)}
        </span>
      ),
  },
]
