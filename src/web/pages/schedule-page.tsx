import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { zoneName } from '../../kernel/moment.ts'
import { DAY } from '../../kernel/time.ts'
import { api } from '../data/api.ts'
import { useAuthorLook, useChoices } from '../data/configuration.ts'
import { loadableOf, messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import { ConfigEditor } from '../frame/config-editor.tsx'
import { links } from '../links.ts'
import type { Choice } from '../parts/combobox.tsx'
import type { FormPart } from '../parts/form.ts'
import { useTicking, useZone } from '../parts/ticking.tsx'
import { shiftTime } from '../parts/time-words.ts'
import { useToast } from '../parts/toast.tsx'
import { words } from '../product/schedules/words.ts'
import { type OverrideDraft, OverridesPanel } from '../screens/schedules/overrides-panel.tsx'
import {
  blankSchedule,
  dayOf,
  midnights,
  onTheWall,
  type ScheduleSpec,
  type Shift,
  startingAt,
  usableZone,
} from '../screens/schedules/schedule.ts'
import { ScheduleForm } from '../screens/schedules/schedule-form.tsx'
import { type Range, SchedulePreview } from '../screens/schedules/schedule-preview.tsx'
import { words as places } from './configuration-words.ts'
import { usePreview } from './schedule-preview.ts'

/** A schedule: what it comes to, and the form it comes from. Without a name in the address, a new one. */
export function SchedulePage() {
  const { name } = useParams({ strict: false }) as { name?: string }
  const people = useChoices('people')
  const onCall = useQuery(queries.onCall())
  const zone = useZone()
  const [blank] = useState(() => blankSchedule(new Date(), zone))
  const mine = onCall.data?.items.find((one) => one.schedule === name && one.policy === null)
  const says = useTicking((now) => {
    if (name === undefined) return words.newOne
    if (!mine) return ''
    if (mine.displayName === null) return words.nobodyNow
    return mine.until === null
      ? words.onCallForGood(mine.displayName)
      : words.onCallNow(mine.displayName, shiftTime(Date.parse(mine.until), now, zone), zoneName(zone))
  })
  return (
    <ConfigEditor<ScheduleSpec>
      kind="schedules"
      name={name}
      blank={blank}
      place="on-call"
      crumbs={[
        { name: places.onCall, href: links.onCall() },
        { name: places.schedules, href: links.schedules() },
      ]}
      newTitle={places.newSchedule}
      hrefOf={links.schedule}
      says={() => says}
      drawn={(spec, { isNew, name, form }) => <Drawn spec={spec} name={isNew ? undefined : name} form={form} people={people} />}
      asideLabel={words.formLabel}
    >
      {(form) => <ScheduleForm form={form} people={people} />}
    </ConfigEditor>
  )
}

/** Everything that follows from the form: the wall, and who stands in for a while. */
function Drawn({
  spec,
  name,
  form,
  people,
}: {
  spec: ScheduleSpec
  name: string | undefined
  form: FormPart<ScheduleSpec>
  people: Choice[]
}) {
  const zone = usableZone(spec.timeZone)
  const today = useTicking((now) => dayOf(now, zone))
  const [offset, setOffset] = useState(0)
  const [range, setRange] = useState<Range>('14')
  const [since] = midnights(today + offset * DAY, 1, zone)
  const { preview, kept } = usePreview(spec, name ?? '', since!)
  const [draft, setDraft] = useState<OverrideDraft>(() => nextDay(zone))
  const fill = ({ from, until }: Shift) =>
    setDraft({ ...draft, from: onTheWall(Math.max(from, Date.now()), zone), until: onTheWall(until, zone) })
  return (
    <>
      <SchedulePreview
        preview={preview}
        kept={kept}
        zone={zone}
        range={range}
        onRange={setRange}
        onEarlier={() => setOffset(offset - 7)}
        onLater={() => setOffset(offset + 7)}
        onToday={() => setOffset(0)}
        called={(person) => people.find(({ value }) => value === person)?.name ?? person}
        onKeepTurn={form.readOnly ? undefined : (starts) => form.onChange(startingAt(spec, starts))}
        onFill={name === undefined ? undefined : fill}
      />
      {name === undefined ? (
        <p className="overrides-note">{words.overridesLater}</p>
      ) : (
        <Overrides name={name} zone={zone} draft={draft} onDraft={setDraft} />
      )}
    </>
  )
}

const HOUR_MS = 3_600_000

function nextDay(zone: string): OverrideDraft {
  const now = Date.now()
  return { person: undefined, from: onTheWall(now, zone), until: onTheWall(Math.ceil(now / HOUR_MS) * HOUR_MS + DAY, zone), reason: '' }
}

function Overrides({
  name,
  zone,
  draft,
  onDraft,
}: {
  name: string
  zone: string
  draft: OverrideDraft
  onDraft: (draft: OverrideDraft) => void
}) {
  const toast = useToast()
  const author = useAuthorLook()
  const people = useChoices('people')
  const me = useQuery(queries.me())
  const [error, setError] = useState<string>()
  const list = useQuery({
    queryKey: ['overrides', name],
    queryFn: () => api.listOverrides({ params: { name }, query: { limit: 200 } }),
  })
  const settle = () =>
    Promise.all([['overrides'], ['schedule-preview'], ['on-call']].map((queryKey) => queryClient.invalidateQueries({ queryKey })))
  const make = useMutation({
    mutationFn: ({ person, from, until, reason }: OverrideDraft) =>
      api.makeOverride({ params: { name }, body: { person: person ?? '', from, until, ...(reason.trim() !== '' && { reason }) } }),
    onSuccess: ({ displayName }) => {
      setError(undefined)
      toast({ text: words.made(displayName) })
      onDraft(nextDay(zone))
    },
    onError: (failed) => setError(words.notMade(messageOf(failed))),
    onSettled: settle,
  })
  const end = useMutation({
    mutationFn: (id: string) => api.endOverride({ params: { name, id } }),
    onSuccess: () => toast({ text: words.ended }),
    onError: (failed) => toast({ icon: 'warn', text: words.notEnded(messageOf(failed)) }),
    onSettled: settle,
  })
  const mayAct = me.data?.permissions.includes('incident:act') ?? false
  return (
    <OverridesPanel
      overrides={loadableOf(list, ({ items }) =>
        items.map((one) => ({ ...one, from: Date.parse(one.from), until: Date.parse(one.until), madeBy: author(one.madeBy) })),
      )}
      zone={zone}
      people={people}
      draft={draft}
      error={error}
      isMaking={make.isPending}
      ending={end.isPending ? end.variables : undefined}
      onMake={mayAct ? () => (draft.person === undefined ? setError(words.saysPerson) : make.mutate(draft)) : undefined}
      onDraft={onDraft}
      onEnd={(id) => end.mutate(id)}
    />
  )
}
