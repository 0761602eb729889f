import { useState } from 'react'
import { Person } from '../../parts/avatar.tsx'
import type { Choice } from '../../parts/combobox.tsx'
import { formOf } from '../../parts/form.ts'
import {
  FormChoice,
  FormDuration,
  FormLabels,
  FormMoment,
  FormNumber,
  FormReference,
  FormSeveral,
  FormSwitch,
  FormText,
  FormTime,
  FormWords,
  FormZone,
} from '../../parts/form-fields.tsx'
import { ReferenceList } from '../../parts/list-editor.tsx'
import { Block, Grid } from './block.tsx'

interface Sample {
  title?: string
  note?: string
  wait?: string
  times?: number
  range?: 'week' | 'month'
  lead?: string
  loud?: boolean
  days?: string[]
  from?: string
  start?: string
  zone?: string
  labels?: Record<string, string>
  turns: string[]
}

const START: Sample = {
  title: 'Payments',
  wait: '5m',
  times: 3,
  lead: 'raj',
  loud: true,
  days: ['mon', 'tue'],
  from: '09:00',
  start: '2026-01-05T09:00',
  zone: 'Europe/Berlin',
  labels: { cluster: 'eu-1' },
  turns: ['bea', 'raj', 'li'],
}

const PEOPLE: Choice[] = [
  { value: 'bea', name: 'Beatriz Amado', detail: 'bea' },
  { value: 'raj', name: 'Raj Iyer', detail: 'raj' },
  { value: 'li', name: 'Li Wen', detail: 'li' },
  { value: 'noor', name: 'Noor Haddad', detail: 'noor' },
]

const FOUND = [
  { path: 'wait', message: 'is earlier than the level before it (10m); `after` counts from the start of the escalation' },
  { path: 'lead', message: 'there is no Person ‹lni›; write li' },
]

/** Fields that change a part of a document, each with its part. */
export function FormBlocks() {
  const [sample, setSample] = useState(START)
  const form = formOf<Sample>({ value: sample, update: setSample, issues: [], readOnly: false })
  const faulty = formOf<Sample>({ value: { ...sample, lead: 'lni' }, update: () => {}, issues: FOUND, readOnly: false })
  const fixed = formOf<Sample>({ value: START, update: () => {}, issues: [], readOnly: true })
  return (
    <>
      <Block name="Fields of a document" rule="Each gets its part. What the server finds stands at its field.">
        <Grid columns={3}>
          <FormText label="Text" part={form.at('title')} hint="Emptied, it leaves the document." />
          <FormDuration label="Duration" part={form.at('wait')} />
          <FormNumber label="Number" part={form.at('times')} min={0} max={100} />
          <FormChoice
            label="Choice"
            part={form.at('range')}
            none="Not said"
            choices={[
              { value: 'week', name: '7 days' },
              { value: 'month', name: '28 days' },
            ]}
          />
          <FormReference label="Reference" part={form.at('lead')} choices={PEOPLE} optional />
          <FormZone label="Time zone" part={form.at('zone')} />
          <FormTime label="Time of day" part={form.at('from')} hint="In Berlin." />
          <FormMoment label="Date and time" part={form.at('start')} zone="Europe/Berlin" />
          <FormSwitch label="Switch" part={form.at('loud')} hint="Off unless said." />
          <FormDuration label="Duration, refused" part={faulty.at('wait')} />
          <FormReference label="Reference, refused" part={faulty.at('lead')} choices={PEOPLE} />
          <FormText label="From a file" part={fixed.at('title')} />
        </Grid>
      </Block>
      <Block name="Lists of a document" rule="Added, removed, moved: by buttons, or Alt with an arrow.">
        <Grid columns={2}>
          <ReferenceList
            label="Who takes turns, in order"
            part={form.at('turns')}
            choices={PEOPLE}
            addLabel="Add a person"
            draw={({ name }) => <Person person={{ name }} />}
          />
          <ReferenceList
            label="From a file"
            part={fixed.at('turns')}
            choices={PEOPLE}
            addLabel="Add"
            draw={({ name }) => <Person person={{ name }} />}
          />
          <FormSeveral
            label="Several"
            part={form.at('days')}
            hint="None picked means every day."
            choices={['mon', 'tue', 'wed', 'thu', 'fri'].map((value) => ({ value, name: value }))}
          />
          <FormLabels label="Labels" part={form.at('labels')} />
          <FormWords label="Words" part={form.at('note')} />
        </Grid>
      </Block>
    </>
  )
}
