import './scheme-screen.css'
import type { ReactNode } from 'react'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Button } from '../../parts/button.tsx'
import { useCopy } from '../../parts/copy.ts'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Link } from '../../parts/link.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Section } from '../../parts/panel.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { Split } from '../../parts/split.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import type { Known, Proposal } from '../../product/severity/proposal.ts'
import { ProposalBox } from '../../product/severity/proposal-box.tsx'
import { LevelTable } from './level-table.tsx'
import { RuleList } from './rule-list.tsx'
import { rulesThatHold, type Scheme, saidAloud, titleOf } from './scheme.ts'
import { words } from './words.ts'

interface SchemeScreenProps {
  scheme: Scheme
  all: Scheme[]
  /** The one used where nobody says which. */
  inUse: string
  /** The level read aloud, by its key. */
  level: string | undefined
  known: Known
  onKnown: (part: Partial<Known>) => void
  proposal: Proposal | undefined
  cutOff: boolean
  oneByOne: boolean
  onOneByOne: (oneByOne: boolean) => void
  /** None until it is known. */
  usedBy: { installation: boolean; services: number; teams: { name: string; displayName: string; services: number }[] } | undefined
  address: string
  onCopyYaml: () => void
}

/** What each level means and brings about, and how one is found: for everybody to read, on paper too. */
export function SchemeScreen(props: SchemeScreenProps) {
  const { scheme, all, inUse, known, onKnown, proposal } = props
  const { spec } = scheme
  const { copied, copy } = useCopy(props.address)
  const { decides, also } = rulesThatHold(spec, known.facts)
  const current =
    spec.levels.find(({ key }) => key === props.level) ?? spec.levels.find(({ key }) => key === proposal?.level) ?? spec.levels[0]!
  const rank = (spec.levels.indexOf(current) + 1) as SeverityRank
  useKeys({ j: () => moveThroughRows(1), k: () => moveThroughRows(-1) })
  return (
    <Page
      crumbs={[{ name: words.settings, href: links.settings() }, { name: words.title }]}
      keys={[{ keys: ['J', 'K'], does: words.keys.level }]}
    >
      <PageHead
        title={titleOf(scheme)}
        beside={
          <>
            <Button kind="quiet" icon="code" onClick={props.onCopyYaml}>
              {words.copyYaml}
            </Button>
            <Button icon="link" onClick={copy}>
              {copied ? words.copied : words.copyLink}
            </Button>
          </>
        }
        tight
      >
        {[scheme.builtIn ? words.builtIn : words.version(scheme.version), scheme.name === inUse && words.inUse, spec.description]
          .filter(Boolean)
          .join(' ')}
      </PageHead>
      <Tabs
        label={words.schemes}
        tabs={all.map(({ name }) => ({
          name,
          href: links.severity(name === inUse ? undefined : name),
          count: name === inUse ? words.inUseTab : undefined,
          current: name === scheme.name,
        }))}
      />
      <Split
        label={words.main}
        asideLabel={words.aside}
        aside={
          <>
            <Section
              title={words.tryIt}
              beside={
                Object.keys(known.facts).length > 0 && (
                  <Button kind="quiet" size="small" onClick={() => onKnown({ facts: {}, unknown: [] })}>
                    {words.clear}
                  </Button>
                )
              }
            >
              <div className="scheme-try">
                <ProposalBox
                  draft={known}
                  proposal={proposal}
                  level={spec.levels.find(({ key }) => key === proposal?.level)}
                  failed={props.cutOff}
                  oneByOne={props.oneByOne}
                  onOneByOne={props.onOneByOne}
                  onChange={onKnown}
                />
                {decides !== undefined && (
                  <p className="sub" role="status">
                    {words.byRule(decides)} {also.length > 0 && words.alsoHolds(also)}
                  </p>
                )}
              </div>
            </Section>
            {props.usedBy && (
              <Section title={words.usedBy}>
                <UsedBy {...props.usedBy} />
              </Section>
            )}
          </>
        }
      >
        <LevelTable scheme={scheme} current={current.key} hrefOf={(key) => links.severity(scheme.name, key)} />
        <section className={`scheme-aloud severity-${rank}`} aria-live="polite" aria-label={words.aloudOf(current.key)}>
          <h2>
            <span aria-hidden="true">
              <SeverityMark rank={rank} size={16} />
            </span>
            {words.aloudOf(current.key)}
          </h2>
          <p>{saidAloud(current).join(' ')}</p>
          {current.examples && (
            <p className="sub">
              {words.looksLike}: {current.examples.join(' ')}
            </p>
          )}
        </section>
        <RuleList scheme={scheme} decides={decides} also={also} />
      </Split>
    </Page>
  )
}

function UsedBy({ installation, services, teams }: NonNullable<SchemeScreenProps['usedBy']>) {
  if (!installation && teams.length === 0) return <p className="sub">{words.unused}</p>
  const items: { term: string; is: ReactNode }[] = [
    ...(installation ? [{ term: words.here, is: words.services(services) }] : []),
    ...teams.map((team) => ({
      term: team.displayName,
      is: (
        <Link className="text-link" href={links.team(team.name)}>
          {words.services(team.services)}
        </Link>
      ),
    })),
  ]
  return <DefinitionList items={items} />
}
