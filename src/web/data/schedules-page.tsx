import { type ScheduleRow, SchedulesScreen } from '../screens/schedules/schedules-screen.tsx'
import { Frame } from './frame.tsx'
import { loadableOf, queries, useQuery } from './queries.ts'

/** Every schedule, with who is on call now and when nobody will be. */
export function SchedulesPage() {
  const me = useQuery(queries.me())
  const schedules = useQuery(queries.schedules())
  return (
    <Frame place="on-call">
      <SchedulesScreen
        mayWrite={me.data?.permissions.includes('config:write') ?? false}
        list={loadableOf(schedules, (all) =>
          all.map(({ name, displayName, timeZone, people, onCall, nextGap, origin }) => ({
            name,
            title: displayName,
            timeZone,
            people: people.length,
            now: onCall ? { name: onCall.displayName, until: onCall.until === null ? undefined : Date.parse(onCall.until) } : undefined,
            nextGap: nextGap ? Date.parse(nextGap.from) : undefined,
            origin: origin as ScheduleRow['origin'],
          })),
        )}
      />
    </Frame>
  )
}
