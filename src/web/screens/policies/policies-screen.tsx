import './policies.css'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Missing, Person } from '../../parts/avatar.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { RowLink, Table } from '../../parts/table.tsx'
import { originText } from '../../product/configuration/dialogs.tsx'
import type { DocumentOrigin } from '../../product/configuration/document.ts'
import { words as configuration } from '../../product/configuration/words.ts'
import { OnCallTabs } from '../../product/on-call/on-call-tabs.tsx'
import { words as onCall } from '../../product/on-call/words.ts'
import { listKeys } from '../../product/shell/key-hints.ts'
import { words as steps } from '../../product/shell/step-words.ts'
import { words } from './words.ts'

export interface PolicyRow {
  name: string
  title: string
  /** Who is paged first, now; empty: nobody. */
  first: string[]
  levels: number
  services: number
  origin: DocumentOrigin
}

export function PoliciesScreen({ list, mayWrite }: { list: Loadable<PolicyRow[]>; mayWrite: boolean }) {
  useKeys({ j: () => moveThroughRows(1), k: () => moveThroughRows(-1) })
  return (
    <Page crumbs={[{ name: onCall.title, href: links.onCall() }, { name: words.title }]} keys={listKeys.slice(0, 2)}>
      <PageHead
        title={words.title}
        tight
        beside={
          mayWrite && (
            <ButtonLink kind="primary" icon="plus" href={links.create('policies')}>
              {words.make}
            </ButtonLink>
          )
        }
      />
      <OnCallTabs current="policies" />
      <ScrollRegion label={words.list} className="list-region">
        <Loaded of={list} skeleton={<SkeletonRows rows={6} />}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState
                title={words.empty}
                headingLevel={2}
                step={
                  mayWrite ? (
                    <ButtonLink kind="primary" icon="plus" href={links.create('policies')}>
                      {steps.addPolicy}
                    </ButtonLink>
                  ) : (
                    <ButtonLink href={links.onCall()}>{steps.onCall}</ButtonLink>
                  )
                }
              >
                <p>{words.emptyText}</p>
              </EmptyState>
            ) : (
              <Table
                label={words.list}
                spread
                keyOf={({ name }) => name}
                groups={[{ rows }]}
                columns={[
                  {
                    head: words.columns.name,
                    fills: true,
                    cell: ({ name, title }) => <RowLink href={links.policy(name)}>{title}</RowLink>,
                  },
                  {
                    head: words.columns.first,
                    cell: ({ first }) =>
                      first.length === 0 ? (
                        <Missing>{words.nobody}</Missing>
                      ) : (
                        <span className="line">
                          {first.slice(0, 2).map((one) => (
                            <Person key={one} person={{ name: one }} short />
                          ))}
                          {first.length > 2 && <span className="dim">+{first.length - 2}</span>}
                        </span>
                      ),
                  },
                  { head: words.columns.levels, wideOnly: true, cell: ({ levels }) => words.levels(levels) },
                  {
                    head: words.columns.usedBy,
                    wideOnly: true,
                    cell: ({ services }) => (services === 0 ? <span className="dim">{words.unused}</span> : words.services(services)),
                  },
                  {
                    head: words.columns.from,
                    wideOnly: true,
                    cell: ({ origin }) =>
                      origin.kind === 'demo' ? (
                        <Chip tone="info" icon="flag">
                          {configuration.demo}
                        </Chip>
                      ) : (
                        <span className="dim">{originText(origin)}</span>
                      ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </ScrollRegion>
    </Page>
  )
}
