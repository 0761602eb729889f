import { useState } from 'react'
import { Button, ButtonGroup, type ButtonKind, ButtonLink, IconButton, IconLink } from '../../parts/button.tsx'
import { Checkbox, Radio, Switch } from '../../parts/choice.tsx'
import { SelectField, TextArea, TextField } from '../../parts/field.tsx'
import { KeyCap } from '../../parts/key-cap.tsx'
import { MenuList } from '../../parts/menu.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import type { SeverityRank } from '../../parts/severity-mark.tsx'
import { SeverityPicker } from '../../parts/severity-picker.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { Block, Grid, NextLine } from './block.tsx'

const kinds: [ButtonKind, string][] = [
  ['primary', 'Post update'],
  ['ink', 'Declare'],
  ['secondary', 'Save draft'],
  ['quiet', 'Cancel'],
  ['danger', 'Delete policy'],
  ['danger-quiet', 'Remove'],
]

export function ControlBlocks() {
  return (
    <>
      <ButtonBlock />
      <InputBlock />
      <ChoiceBlock />
    </>
  )
}

function ButtonBlock() {
  return (
    <Block name="Buttons" rule="Primary once a view. Ink rings the bell. Danger destroys.">
      <div className="part-buttons">
        {kinds.map(([kind, name]) => (
          <Button key={kind} kind={kind}>
            {name}
          </Button>
        ))}
        {['drawn-hover', 'drawn-focus'].flatMap((state) =>
          kinds.map(([kind]) => (
            <Button key={`${state} ${kind}`} kind={kind} className={state}>
              {state === 'drawn-hover' ? 'Hover' : 'Focus'}
            </Button>
          )),
        )}
        {kinds.map(([kind]) => (
          <Button key={kind} kind={kind} disabled>
            Disabled
          </Button>
        ))}
        {kinds.map(([kind]) => (
          <Button key={kind} kind={kind} busy>
            Saving
          </Button>
        ))}
      </div>
      <NextLine />
      <Button size="small">Small</Button>
      <Button>Medium</Button>
      <Button size="large">Large</Button>
      <Button size="touch">Touch</Button>
      <Button icon="mega">With icon</Button>
      <Button icon="bell" keyCap="P">
        With key
      </Button>
      <Button opens>Menu</Button>
      <ButtonLink href="/parts" icon="arrow">
        Link
      </ButtonLink>
      <IconButton icon="more" label="More" />
      <IconButton icon="x" label="Close" size="small" />
      <IconLink icon="wrench" label="Settings" href="/settings" />
      <ButtonGroup>
        <Button>Ack</Button>
        <IconButton kind="secondary" icon="down" label="More ways to acknowledge" />
      </ButtonGroup>
      <NextLine />
      <div className="part-wide">
        <Button kind="primary" size="acknowledge">
          Acknowledge
        </Button>
      </div>
    </Block>
  )
}

function InputBlock() {
  return (
    <Block name="Inputs" rule="Label above, hint or error below, 3:1 edges.">
      <Grid columns={3}>
        <TextField label="Title" placeholder="What is broken?" hint="The only field you must fill." />
        <TextField label="Title, hover" className="input drawn-hover" defaultValue="API Gateway Down" />
        <TextField label="Title, focus" className="input drawn-focus" defaultValue="API Gateway Down" />
        <TextField label="Wait" defaultValue="ten" error="Write minutes as a number, for example 10." />
        <TextField label="Disabled" defaultValue="From a file, line 42" disabled />
        <TextField label="Read only" className="input mono" defaultValue="am_eu_k7Qd" readOnly />
        <SelectField label="Severity" defaultValue="SEV1">
          <option>SEV1</option>
          <option>SEV2</option>
        </SelectField>
        <TextArea label="Note" rows={2} defaultValue="Pool is at 512 of 512." />
        <TextField label="Search" icon="search" placeholder="Incidents, people, services" />
      </Grid>
    </Block>
  )
}

function ChoiceBlock() {
  const [range, setRange] = useState<'week' | 'month' | 'quarter'>('month')
  const [rank, setRank] = useState<SeverityRank>(1)
  return (
    <Block name="Choices" rule="Boxes, rounds, switches, segments, tabs, menus.">
      <Checkbox>Off</Checkbox>
      <Checkbox defaultChecked>On</Checkbox>
      <Checkbox className="drawn-focus">Focus</Checkbox>
      <Checkbox disabled>Disabled</Checkbox>
      <Radio name="hours" defaultChecked>
        Around the clock
      </Radio>
      <Radio name="hours">Weekdays 9 to 17</Radio>
      <Switch>Single keys</Switch>
      <Switch defaultChecked>Live updates</Switch>
      <Switch disabled>Disabled</Switch>
      <NextLine />
      <Segmented
        label="Range"
        segments={[
          { value: 'week', name: '7 days' },
          { value: 'month', name: '28 days' },
          { value: 'quarter', name: 'Quarter', count: 3 },
        ]}
        current={range}
        onPick={setRange}
      />
      <div className="part-tabs">
        <Tabs
          label="Example"
          tabs={[
            { name: 'Timeline', href: '/parts', current: true },
            { name: 'Alerts', href: '/parts#alerts', count: 14, current: false },
            { name: 'Pages', href: '/parts#pages', current: false },
          ]}
        />
      </div>
      <NextLine />
      <div className="part-wide">
        <SeverityPicker label="Severity" ranks={[1, 2, 3, 4, 5]} picked={rank} onPick={setRank} />
      </div>
      <NextLine />
      <MenuList
        label="Alert"
        onLeave={() => {}}
        items={[
          { kind: 'act', name: 'Acknowledge', icon: 'check', keyCap: 'A', onAct: () => {} },
          { kind: 'choice', name: 'Newest first', icon: 'sort', chosen: true, onAct: () => {} },
          { kind: 'act', name: 'Split from group', icon: 'split', onAct: () => {} },
          { kind: 'rule', name: 'before delete' },
          { kind: 'act', name: 'Delete rule', icon: 'trash', destroys: true, onAct: () => {} },
        ]}
      />
      <span className="line">
        {['⌘', 'K', 'G', 'I', '⇧', 'R'].map((key) => (
          <KeyCap key={key}>{key}</KeyCap>
        ))}
      </span>
    </Block>
  )
}
