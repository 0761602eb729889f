import { channelIcon } from '../../product/on-call/channels.ts'
import './policies.css'
import { zoneName } from '../../../kernel/moment.ts'
import { DAY, type Instant } from '../../../kernel/time.ts'
import { Person } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Note } from '../../parts/note.tsx'
import { Section } from '../../parts/panel.tsx'
import { type SeverityRank, severityName } from '../../parts/severity-mark.tsx'
import { SkeletonText } from '../../parts/skeleton.tsx'
import { useZone } from '../../parts/ticking.tsx'
import { timeOfDay } from '../../parts/time-words.ts'
import { pagesTogether, type SimulatedStep, type Simulation } from './policy.ts'
import { words } from './words.ts'

const RANKS: SeverityRank[] = [1, 2, 3, 4, 5]

export interface SimulationPanelProps {
  severity: SeverityRank
  /** As the clocks of the viewer's zone show it: `2026-11-22T03:11`. */
  at: string
  onSeverity: (severity: SeverityRank) => void
  onAt: (at: string) => void
  onHardest: () => void
  onNow: () => void
  /** The last simulation stays while the next is worked out. */
  simulation: Loadable<Simulation>
  isAsking: boolean
  /** Why what is typed cannot be simulated, while an earlier one is shown. */
  kept: { kind: 'invalid'; why: string } | { kind: 'failed' } | undefined
}

/** Who is paged at what minute, if nobody answers: asked of the rule the pager itself follows. */
export function SimulationPanel({ severity, at, onSeverity, onAt, onHardest, onNow, simulation, isAsking, kept }: SimulationPanelProps) {
  const zone = useZone()
  return (
    <Section title={words.simulate} beside={<span className="dim fine">{isAsking ? words.asking : words.sameEngine}</span>}>
      <div className="form-rows">
        <div className="simulation-setting">
          <SelectField label={words.severity} value={severity} onChange={({ target }) => onSeverity(Number(target.value) as SeverityRank)}>
            {RANKS.map((rank) => (
              <option key={rank} value={rank}>
                {severityName(rank)}
              </option>
            ))}
          </SelectField>
          <TextField
            label={`${words.at}, ${words.atHint(zoneName(zone))}`}
            type="datetime-local"
            value={at}
            onChange={({ target }) => target.value !== '' && onAt(target.value)}
          />
        </div>
        <div className="line wraps">
          <Button size="small" icon="moon" onClick={onHardest}>
            {words.hardest}
          </Button>
          <Button size="small" icon="clock" onClick={onNow}>
            {words.rightNow}
          </Button>
        </div>
        <p className="dim fine">{words.draft}</p>
        <div aria-live="polite" className="editor-alert">
          {kept && <Note tone="warn">{kept.kind === 'invalid' ? words.keptInvalid(kept.why) : words.keptFailed}</Note>}
        </div>
        <Loaded of={simulation} skeleton={<SkeletonText lines={8} />}>
          {(shown) => <Steps simulation={shown} zone={zone} />}
        </Loaded>
      </div>
    </Section>
  )
}

function Steps({ simulation: { urgency, startsAt, steps, skippedRounds }, zone }: { simulation: Simulation; zone: string }) {
  const reached = steps.some(({ pages }) => pages.length > 0)
  const time = (at: Instant) => {
    const days = Math.floor((at - startsAt) / DAY)
    return days > 0 ? words.dayLater(timeOfDay(at, zone), days) : timeOfDay(at, zone)
  }
  return (
    <>
      <p className="sub fine">{words.urgency[urgency]}</p>
      <ol className="simulation" aria-label={words.steps}>
        {steps.map((step, place) => (
          <Step
            key={`${step.round} ${step.level} ${step.at}`}
            step={step}
            time={time}
            skipped={step.catchAll && skippedRounds > 0 ? skippedRounds : 0}
            beginsRound={!step.catchAll && step.round > 0 && steps[place - 1]?.round !== step.round ? step.round + 1 : undefined}
          />
        ))}
        <li className={reached ? 'simulation-end' : 'simulation-bad'}>
          <span />
          <i />
          <span>{reached ? words.never : words.endsWithNobody}</span>
        </li>
      </ol>
    </>
  )
}

function Step({
  step,
  time,
  skipped,
  beginsRound,
}: {
  step: SimulatedStep
  time: (at: Instant) => string
  skipped: number
  beginsRound: number | undefined
}) {
  const name = step.catchAll ? words.catchAll : words.level(step.level)
  const lines = pagesTogether(step.pages)
  const absent = step.found.filter((one) => one.absent)
  const whys = step.found.filter((one) => !one.absent)
  return (
    <>
      {skipped > 0 && (
        <li className="simulation-rule">
          <span />
          <i />
          <span>{words.skipped(skipped)}</span>
        </li>
      )}
      {beginsRound !== undefined && (
        <li className="simulation-rule">
          <span />
          <i />
          <span>{words.round2(beginsRound)}</span>
        </li>
      )}
      {lines.length === 0 ? (
        <li className="simulation-bad">
          <time>{time(step.at)}</time>
          <i />
          <span>
            <b>{words.finds(name)}</b>
            {absent.length > 0 && `: ${absent.map(({ why }) => why).join(', ')}`}. {!step.catchAll && words.goesOn}
          </span>
        </li>
      ) : (
        lines.map((line, place) => (
          <li key={`${line.at} ${line.person}`} className={place === 0 || line.at === step.at ? 'simulation-key' : undefined}>
            <time>{time(line.at)}</time>
            <i />
            <div>
              <span className="line wraps simulation-who">
                <Person person={{ name: line.displayName }} />
                {place === 0 && <span className="dim fine">{name}</span>}
                {line.channels.map((channel, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a channel may stand twice
                  <Chip key={i} icon={channelIcon(channel)}>
                    {channel}
                  </Chip>
                ))}
              </span>
              {line.at === step.at && whys.some((one) => one.person === line.person) && (
                <span className="dim fine simulation-why">{whys.find((one) => one.person === line.person)!.why}</span>
              )}
            </div>
          </li>
        ))
      )}
      {lines.length > 0 &&
        absent.map(({ why }) => (
          <li key={why} className="simulation-bad">
            <time>{time(step.at)}</time>
            <i />
            <span>{why}</span>
          </li>
        ))}
    </>
  )
}
