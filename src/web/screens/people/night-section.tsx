import { useState } from 'react'
import { zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { classNames } from '../../parts/class-names.ts'
import { SelectField, TextField } from '../../parts/field.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Section } from '../../parts/panel.tsx'
import { Ladder, Rung } from '../../parts/rope.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { timeOfDay } from '../../parts/time-words.ts'
import { channelName } from '../../product/on-call/channels.ts'
import { words as onCallWords } from '../../product/on-call/words.ts'
import { words } from '../../product/people/words.ts'
import type { WholePerson } from './person.ts'

const say = words.night

export interface Night {
  person: string
  startsAt: Instant
  timeZone: string
  /** `policy:level`; absent in no policy. */
  as?: string | undefined
  lines: NightLine[]
}

export interface NightLine {
  at: Instant
  kind: 'page' | 'level' | 'catch-all'
  contact?: string | undefined
  channel?: string | undefined
  level: number
  round: number
  people: { name: string; displayName: string }[]
}

export interface NightPlayed {
  night: Loadable<Night>
  /** What is played, as the address says it. */
  playing: { urgency: 'high' | 'low'; as?: string | undefined; at?: string | undefined }
  onPlay: (playing: NightPlayed['playing']) => void
}

interface NightSectionProps extends NightPlayed {
  places: WholePerson['places']
  timeZone: string
}

/** A page played minute by minute, with what comes when nobody answers. */
export function NightSection({ night, playing, onPlay, places, timeZone }: NightSectionProps) {
  const shown = night.state === 'ready' || night.state === 'kept' ? night.value : undefined
  const [typed, setTyped] = useState<string | undefined>()
  const time = typed ?? playing.at ?? (shown ? timeOfDay(shown.startsAt, timeZone) : '03:11')
  return (
    <Section title={say.title} beside={<span className="fine">{say.note}</span>}>
      <div className="night-controls">
        <TextField
          label={say.at(zoneName(timeZone))}
          inputMode="numeric"
          maxLength={5}
          placeholder="03:11"
          value={time}
          onChange={(event) => {
            setTyped(event.target.value)
            if (/^\d\d:\d\d$/.test(event.target.value)) onPlay({ ...playing, at: event.target.value })
          }}
        />
        <SelectField
          label={say.urgency}
          value={playing.urgency}
          onChange={(event) => onPlay({ ...playing, urgency: event.target.value === 'low' ? 'low' : 'high' })}
        >
          <option value="high">{words.urgency.high}</option>
          <option value="low">{words.urgency.low}</option>
        </SelectField>
        <SelectField
          label={say.as}
          value={playing.as ?? shown?.as ?? ''}
          disabled={places.length === 0}
          onChange={(event) => onPlay({ ...playing, as: event.target.value })}
        >
          {places.length === 0 && <option value="">{say.alone}</option>}
          {places.map(({ policy, policyName, level, catchAll }) => (
            <option key={`${policy}:${level}`} value={`${policy}:${level}`}>
              {catchAll ? `${policyName}, ${words.catchAll}` : onCallWords.levelOf(policyName, level)}
            </option>
          ))}
        </SelectField>
      </div>
      <Loaded of={night} skeleton={<SkeletonRows rows={5} />}>
        {(played) => <Played night={played} />}
      </Loaded>
    </Section>
  )
}

const TOLD = 14

function Played({ night: { lines, timeZone, person } }: { night: Night }) {
  const told = lines.filter((line) => line.kind !== 'level' || line.people.some(({ name }) => name !== person) || line.people.length === 0)
  if (told.length === 0) return <p className="sub">{say.nothing}</p>
  const floor = told.filter(({ kind }) => kind === 'catch-all')
  const way = told.filter(({ kind }) => kind !== 'catch-all')
  const first = [...way.filter((line) => floor[0] === undefined || line.at <= floor[0].at).slice(0, TOLD), ...floor.slice(0, 1)]
  const left = way.length - (first.length - Math.min(1, floor.length))
  return (
    <div className="night">
      <Ladder label={say.list}>
        {first.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several lines may be alike
          <Line key={place} line={line} timeZone={timeZone} person={person} />
        ))}
      </Ladder>
      {left > 0 && floor.length > 0 && <p className="dim fine">{say.cut(left)}</p>}
    </div>
  )
}

function Line({
  line: { at, kind, contact, channel, level, round, people },
  timeZone,
  person,
}: {
  line: NightLine
  timeZone: string
  person: string
}) {
  const others = people.map(({ name, displayName }) => (name === person ? say.self : displayName)).join(', ')
  const again = round > 0 && kind !== 'catch-all' ? `, ${say.round(round + 1)}` : ''
  return (
    <Rung state={kind === 'page' ? 'done' : kind === 'catch-all' ? 'floor' : 'later'} sign="" time={timeOfDay(at, timeZone)}>
      <span className={classNames(kind === 'page' && 'strong')}>
        {kind === 'page'
          ? `${contact} (${channelName(channel ?? '')})`
          : kind === 'catch-all'
            ? say.catchAll(others)
            : others
              ? say.level(level, others)
              : say.nobody}
        {again}
      </span>
    </Rung>
  )
}
