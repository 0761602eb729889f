import type { TimelineEntry } from '../../incidents/timeline-entry.ts'
import { li, noor, raj } from './people.ts'
import { at } from './time.ts'

export const timeline: TimelineEntry[] = [
  {
    id: 't12',
    at: at('03:21:40'),
    kind: 'fact',
    icon: 'graph',
    what: (
      <>
        Alert <b>Socket pool exhausted</b> ended by itself
      </>
    ),
    detail: 'Two alerts still fire.',
  },
  {
    id: 't11',
    at: at('03:18:52'),
    kind: 'fact',
    icon: 'note',
    who: li,
    what: 'wrote a note',
    quote: 'Socket pool on gw-eu is at 512 of 512. Looks like retries, not traffic.',
  },
  {
    id: 't10',
    at: at('03:13:02'),
    kind: 'fact',
    icon: 'graph',
    what: (
      <>
        Alert <b>Socket pool exhausted</b> joined, <span className="dim">same service</span>
      </>
    ),
  },
  {
    id: 't9',
    at: at('03:12:10'),
    kind: 'fact',
    icon: 'graph',
    what: (
      <>
        Alert <b>Upstream timeout</b> joined, <span className="dim">same service and region</span>
      </>
    ),
  },
  {
    id: 't8',
    at: at('03:11:50'),
    kind: 'key',
    icon: 'check',
    who: raj,
    what: 'acknowledged on the phone, 41 s after the page',
    detail: 'Nobody else is paged: one call withdrawn, escalation stopped.',
  },
  {
    id: 't7',
    at: at('03:11:10'),
    kind: 'system',
    what: (
      <>
        Mail to Raj accepted <span className="dim">250, after 0.4 s</span>
      </>
    ),
  },
  {
    id: 't6',
    at: at('03:11:09'),
    kind: 'system',
    what: (
      <>
        Push to Raj delivered <span className="dim">Payments policy, level 1</span>
      </>
    ),
  },
  {
    id: 't5',
    at: at('03:11:00'),
    kind: 'fact',
    icon: 'bell',
    what: (
      <>
        Level 1 reached: <b>Payments primary</b> is Raj
      </>
    ),
  },
  {
    id: 't4',
    at: at('03:11:00'),
    kind: 'fact',
    icon: 'incidents',
    what: (
      <>
        Severity set to <b>SEV1</b> <span className="dim">the alert said critical</span>
      </>
    ),
  },
  {
    id: 't3',
    at: at('03:11:00'),
    kind: 'key',
    icon: 'flag',
    what: (
      <>
        Incident opened for <b>api-gateway</b>
      </>
    ),
    detail: 'No open incident shares alertname and region.',
  },
  {
    id: 't2',
    at: at('03:11:00'),
    kind: 'key',
    icon: 'graph',
    what: (
      <>
        Alert <b>5xx above 5 %</b> from Alertmanager eu
      </>
    ),
  },
]

export const climbingTimeline: TimelineEntry[] = [
  {
    id: 'c8',
    at: at('03:20:53'),
    kind: 'system',
    what: (
      <>
        Calling Li <span className="dim">Identity policy, level 2</span>
      </>
    ),
  },
  {
    id: 'c7',
    at: at('03:19:54'),
    kind: 'system',
    what: (
      <>
        Push to Li delivered <span className="dim">accepted after 0.6 s</span>
      </>
    ),
  },
  {
    id: 'c6',
    at: at('03:19:53'),
    kind: 'key',
    icon: 'bell',
    what: (
      <>
        Level 2 reached at once: <b>Identity secondary</b> is Li
      </>
    ),
    detail: 'Level 1 reached nobody.',
  },
  {
    id: 'c5',
    at: at('03:19:12'),
    kind: 'fact',
    icon: 'warn',
    what: (
      <>
        Mail to Noor not answered <span className="dim">tried again beside it</span>
      </>
    ),
  },
  {
    id: 'c4',
    at: at('03:19:02'),
    kind: 'fact',
    icon: 'warn',
    what: (
      <>
        Push to Noor failed <span className="dim">410, the phone is gone</span>
      </>
    ),
  },
  {
    id: 'c3',
    at: at('03:19:00'),
    kind: 'fact',
    icon: 'bell',
    who: noor,
    what: 'is level 1',
    detail: 'Identity primary, week of Mon 19 Oct, no override.',
  },
  {
    id: 'c2',
    at: at('03:19:00'),
    kind: 'key',
    icon: 'flag',
    what: (
      <>
        Incident opened for <b>identity</b>
      </>
    ),
  },
  {
    id: 'c1',
    at: at('03:19:00'),
    kind: 'key',
    icon: 'graph',
    what: (
      <>
        Alert <b>Login failures above 10 %</b> from Alertmanager eu
      </>
    ),
  },
]
