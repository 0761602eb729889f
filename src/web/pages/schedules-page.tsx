import { aheadOf } from '../data/on-call-view.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { type ScheduleRow, SchedulesScreen } from '../screens/schedules/schedules-screen.tsx'

/** Every schedule, with who is on call now and when nobody will be. */
export function SchedulesPage() {
  const me = useQuery(queries.me())
  const schedules = useQuery(queries.schedules())
  const cover = useQuery(queries.cover())
  return (
    <Frame place="on-call">
      <SchedulesScreen
        mayWrite={me.data?.permissions.includes('config:write') ?? false}
        list={loadableOf(schedules, (all) =>
          all.map(({ name, displayName, timeZone, people, onCall, origin }) => ({
            name,
            title: displayName,
            timeZone,
            people: people.length,
            now: onCall ? { name: onCall.displayName, until: onCall.until === null ? undefined : Date.parse(onCall.until) } : undefined,
            // As On-call tells it.
            cover:
              cover.data &&
              aheadOf(
                cover.data.filter(({ schedule }) => schedule === name),
                undefined,
              )[0],
            origin: origin as ScheduleRow['origin'],
          })),
        )}
      />
    </Frame>
  )
}
