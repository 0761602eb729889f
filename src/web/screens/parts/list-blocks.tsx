import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { BodyCode, CodeBlock, CopyLine, Ink, Terminal } from '../../parts/code.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Facet, FacetsButton } from '../../parts/facets.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Pager } from '../../parts/pager.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Row, Rows } from '../../parts/rows.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import type { Column } from '../../parts/table.tsx'
import { VirtualTable } from '../../parts/virtual-table.tsx'
import { IncidentTable } from '../incidents/incident-table.tsx'
import { Block, Grid } from './block.tsx'
import { openIncidents, resolvedLately } from './sample/incidents.ts'

const command = `# raise a first alert
curl -X POST https://tocsin.harbourline.example/in/demo \\
  -H 'Content-Type: application/json' \\
  -d '{"title": "Checkout slow", "severity": 2}'`

export function ListBlocks() {
  return (
    <>
      <Block name="Table" rule="More rows, never smaller type. A phone keeps severity, title and next time." column>
        <Panel title="Incidents" flush>
          <IncidentTable
            groups={[{ rows: openIncidents.slice(0, 3) }, { title: 'Resolved in the last 24 h', rows: resolvedLately.slice(0, 2) }]}
          />
          <Pager shown="51 to 100 of 220" newestHref="/parts" olderHref="/parts" />
        </Panel>
      </Block>
      <Block name="Narrowing a list" rule="Values with how many have them; on a phone they stand in a sheet.">
        <SearchField label="Find" placeholder="Title or number" keyCap="/" value="" onSearch={() => {}} />
        <FacetsButton label="Filters" count={2}>
          <DrawnFacets />
        </FacetsButton>
        <DrawnFacets />
      </Block>
      <Block name="Long table" rule="A hundred thousand rows, of which only those in view are drawn." column>
        <ScrollRegion label="Long table" className="drawn-long-table">
          <VirtualTable label="Numbers" columns={numberColumns} rows={numbers} keyOf={String} total={numbers.length} />
        </ScrollRegion>
      </Block>
      <Block name="Rows and panels" rule="Rules before boxes.">
        <Grid columns={2}>
          <Panel title="Panel" count={2} beside="6 h, UTC" flush>
            <Rows>
              <Row
                mark={<Icon name="help" />}
                title="Ask why it paged"
                detail="Nine decisions with their rule and time"
                beside={<Button size="small">See why</Button>}
              />
              <Row
                mark={<Icon name="webhook" />}
                title="Connect Prometheus"
                detail="Seven lines of YAML"
                beside={<Button size="small">Connect</Button>}
              />
            </Rows>
          </Panel>
          <Panel title="Facts" foot="A sentence under a rule.">
            <DefinitionList
              items={[
                { term: 'Service', is: 'api-gateway' },
                { term: 'Began', is: '03:11 UTC, 05:11 Berlin' },
                { term: 'Opened by', is: 'Alertmanager eu' },
              ]}
            />
          </Panel>
        </Grid>
      </Block>
      <Block name="Code" rule="Copied with one press, long lines scroll." column>
        <CodeBlock label="Example command" code={command} />
        <BodyCode label="Example body" text={'{\n  "title": "Checkout slow",\n  "severity": 2,\n  oops\n}'} lit={4} />
        <CopyLine label="Address" text="https://tocsin.harbourline.example/in/demo" />
        <Terminal title="tocsin incident list">
          <Ink as="quiet">SEV ID TITLE</Ink>
          {'\n'}
          <Ink as="prompt">$</Ink> <Ink as="key">"incident"</Ink>: <Ink as="string">"INC-144"</Ink>, <Ink as="number">2</Ink>{' '}
          <Ink as="comment"># comment</Ink>
        </Terminal>
      </Block>
    </>
  )
}

const numbers = Array.from({ length: 100_000 }, (_, i) => i + 1)
const numberColumns: Column<number>[] = [
  { head: 'Number', width: 'middle', cell: (number) => number.toLocaleString('en') },
  { head: 'Squared', fills: true, cell: (number) => (number * number).toLocaleString('en') },
]

function DrawnFacets() {
  const [picked, setPicked] = useState('1')
  return (
    <Facet
      title="Severity"
      more={3}
      values={([1, 2, 3] as const).map((rank) => ({
        value: String(rank),
        name: `SEV${rank}`,
        mark: <SeverityMark rank={rank} size={16} />,
        count: rank * 3,
        picked: picked === String(rank),
      }))}
      onPick={setPicked}
    />
  )
}
