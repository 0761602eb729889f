import './schedules.css'
import { zoneName } from '../../../kernel/moment.ts'
import { Person } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import type { Choice } from '../../parts/combobox.tsx'
import type { FormPart } from '../../parts/form.ts'
import { FormDuration, FormMoment, FormReference, FormSeveral, FormText, FormTime, FormZone } from '../../parts/form-fields.tsx'
import { ListEditor, ReferenceList } from '../../parts/list-editor.tsx'

import { words } from '../../product/schedules/words.ts'
import {
  type LayerSpec,
  newLayer,
  type OverrideSpec,
  onTheWall,
  type RestrictionSpec,
  type ScheduleSpec,
  usableZone,
  weekdays,
} from './schedule.ts'

/** A schedule as far as a document can say it: zone, layers with turns and hours, overrides that are written down. */
export function ScheduleForm({ form, people }: { form: FormPart<ScheduleSpec>; people: Choice[] }) {
  const zone = usableZone(form.value.timeZone)
  const nameOf = (person: string) => people.find(({ value }) => value === person)?.name ?? person
  return (
    <>
      <FormText label={words.displayName} part={form.at('displayName')} />
      <FormZone label={words.zone} hint={words.zoneHint} part={form.at('timeZone')} />
      <ListEditor<LayerSpec>
        label={words.layers}
        hint={words.layersHint}
        part={form.at('layers')}
        nameOf={({ name }) => words.layer(name)}
        boxed
        add={(add) => (
          <Button size="small" icon="plus" onClick={() => add(newLayer(form.value.layers ?? [], new Date()))}>
            {words.addLayer}
          </Button>
        )}
      >
        {(layer) => <Layer layer={layer} people={people} zone={zone} />}
      </ListEditor>
      <ListEditor<OverrideSpec>
        label={words.written}
        hint={words.writtenHint}
        part={form.at('overrides')}
        nameOf={({ user }) => words.writtenOf(nameOf(user))}
        boxed
        optional
        add={(add) => (
          <Button size="small" icon="plus" onClick={() => add(blankOverride(zone))}>
            {words.addWritten}
          </Button>
        )}
      >
        {(override) => (
          <div className="form-rows">
            <FormReference label={words.user} part={override.at('user')} choices={people} />
            <FormMoment label={words.from} part={override.at('from')} zone={zoneName(zone)} />
            <FormMoment label={words.until} part={override.at('until')} zone={zoneName(zone)} />
            <FormText label={words.reason} part={override.at('reason')} />
          </div>
        )}
      </ListEditor>
    </>
  )
}

const HOUR_MS = 3_600_000

/** From the next full hour on, for a day. */
function blankOverride(zone: string): OverrideSpec {
  const from = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS
  return { user: '', from: onTheWall(from, zone), until: onTheWall(from + 24 * HOUR_MS, zone) }
}

function Layer({ layer, people, zone }: { layer: FormPart<LayerSpec>; people: Choice[]; zone: string }) {
  const named = zoneName(zone)
  return (
    <div className="form-rows">
      <FormText label={words.layerName} part={layer.at('name')} keepsEmpty />
      <ReferenceList
        label={words.users}
        part={layer.at('users')}
        choices={people}
        addLabel={words.addUser}
        empty={words.noUsers}
        draw={({ name }) => <Person person={{ name }} />}
        twice
      />
      <FormDuration label={words.turn} hint={words.turnHint} part={layer.at('turn')} />
      <FormMoment label={words.start} part={layer.at('start')} zone={named} />
      <FormMoment label={words.end} part={layer.at('end')} zone={named} />
      <ListEditor<RestrictionSpec>
        label={words.hours}
        hint={words.hoursHint}
        part={layer.at('restrictions')}
        nameOf={({ from, until }) => words.hoursOf(from, until)}
        boxed
        optional
        unordered
        empty=""
        add={(add) => (
          <Button size="small" icon="plus" onClick={() => add({ from: '09:00', until: '17:00' })}>
            {words.addHours}
          </Button>
        )}
      >
        {(hours) => (
          <div className="form-rows">
            <div className="hours">
              <FormTime label={words.from} part={hours.at('from')} />
              <FormTime label={words.until} part={hours.at('until')} />
            </div>
            <FormSeveral
              label={words.days}
              hint={words.daysHint}
              part={hours.at('days')}
              choices={weekdays.map((day) => ({ value: day, name: words.dayNames[day] }))}
            />
          </div>
        )}
      </ListEditor>
    </div>
  )
}
