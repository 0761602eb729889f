import type { Bound } from './plan.ts'

interface Exception extends Bound {
  because: string
}

const lookedAt = (times: number, because: string): Exception => ({ rows: times * 10_000, blocks: times * 10_000, because })
const open = (because: string): Exception => ({ rows: 6000, blocks: 6000, because })
const withTheDemo = (because: string): Exception => ({ rows: Number.POSITIVE_INFINITY, blocks: Number.POSITIVE_INFINITY, because })

/** Indexes that hold few rows however many their table has, each with the reason: they may be walked. */
export const FEW: Record<string, string> = { incidents_private: 'private incidents are few among all, and none where nobody uses them' }

/** Statements that may read more than the usual bound, by file and function, each with its own and the reason. */
export const EXCEPTIONS: Record<string, Exception> = {
  // Lists that are narrowed by what no index knows.
  'src/reads/incidents.ts readNumbers': lookedAt(
    4,
    'looks at the newest 10,000, then goes on by its cursor; whom they wait for is looked up',
  ),
  'src/reads/incidents.ts lookedAtTo': lookedAt(1.2, 'finds where those 10,000 end'),
  'src/reads/incidents.ts countCombinations': lookedAt(8, 'counts the newest 10,000 and as many open ones, and says when that was not all'),
  'src/modules/alerts/store.ts readAlerts': lookedAt(
    4,
    'looks at the newest 10,000, then goes on by its cursor; each of their labels is compared',
  ),
  'src/modules/alerts/store.ts alertsLookedAtTo': lookedAt(2, 'finds where those 10,000 end'),
  'src/modules/alerts/store.ts countAlerts': lookedAt(
    10,
    'counts the newest 10,000 and as many open ones, and says when that was not all; each of their labels is compared',
  ),
  'src/reads/alert-counts.ts getAlertVolume': lookedAt(
    12,
    'counts at most 1,000 alerts of each of 96 quarters of an hour, 10,000 incidents and 20,000 pages',
  ),
  'src/modules/command/reminder-store.ts leaseDue': {
    rows: 1000,
    blocks: 3000,
    because: 'a batch of 200, each with its incident, who has it and its roles',
  },
  'src/modules/timeline/store.ts readTimeline': { rows: 2000, blocks: 4000, because: 'the why-chain reads 2,000 facts; lists read fewer' },
  // What somebody may not see: private incidents, few among all.
  'src/modules/alerts/store.ts readHidden': {
    rows: 5000,
    blocks: 10_000,
    because: 'of each private incident whether an alert of it came one way',
  },
  'src/modules/alerts/store.ts readHiddenOpenings': {
    rows: 10_000,
    blocks: 10_000,
    because: 'the alerts of private incidents, from one day on',
  },
  // One incident's own timeline, however long.
  ...Object.fromEntries(
    ['readStretch', 'readHappenings', 'readMendings', 'readImported'].map((read) => [
      `src/modules/timeline/store.ts ${read}`,
      { rows: 20_000, blocks: 40_000, because: 'looks through the timeline of one incident: by its moments, or for entries of a kind' },
    ]),
  ),
  // What is open, however much has ended.
  'src/reads/services.ts readOpen': open('counts what is open by service'),
  'src/reads/services.ts readLastHour': open('draws at most 5,000 open ones and as many that ended within the hour'),
  'src/reads/teams.ts readOpen': open('counts what is open by service'),
  'src/reads/teams.ts readIncidents': open('of what is open the worst of a few services'),
  'src/modules/incidents/store.ts countOpen': open('counts what is open, held or not'),
  'src/modules/incidents/store.ts countUnheld': open('counts what pages anew when a pause ends'),
  'src/modules/alerts/store.ts countOpenAlertsOf': {
    rows: 50_000,
    blocks: 20_000,
    because: 'counts what is open in one incident, once, when a person resolves it: the fact says how many',
  },
  // Settings and integrations: bounded by days, and by how many integrations there are.
  'src/reads/measured.ts measure': {
    rows: 60_000,
    blocks: 20_000,
    because: 'the newest 2,000 incidents of 28 days, 50 pages and 100 facts of each',
  },
  'src/reads/measured.ts readChannels': {
    rows: 20_000,
    blocks: 20_000,
    because: 'the newest 2,000 incidents of 28 days, 50 pages of each',
  },
  'src/modules/intake/hours-store.ts readHearings': { rows: 5000, blocks: 5000, because: 'a row for each hour of 30 days and integration' },
  'src/modules/intake/hours-store.ts readRecentPlaces': {
    rows: 20_000,
    blocks: 2000,
    because: 'the last places of each hour of 30 days of one integration',
  },
  'src/modules/paging/store.ts withdrawPagesOf': {
    rows: 10_000,
    blocks: 20_000,
    because: 'withdraws all that waits for somebody who was removed',
  },
  'src/modules/timeline/store.ts readChain': {
    rows: 20_000,
    blocks: 40_000,
    because: 'checks every seal of one incident, when somebody asks for it',
  },
  'src/modules/timeline/store.ts forgetIncidents': {
    rows: 20_000,
    blocks: 40_000,
    because: 'an incident goes with its whole timeline, or its chain would look broken',
  },
  'src/modules/incidents/store.ts lockUnheld': open('going on after a pause: of what is open the next few by their ids'),
  'src/modules/incidents/store.ts readOpenIncidents': open('the demo is taken over: those that are open, 10,000 at most'),
  // Once in the life of an installation, with minutes of their own (src/platform/deadlines.ts).
  'src/modules/intake/inbox-store.ts forgetBodies': withTheDemo('removing the demo: bodies know their integration only inside'),
  'src/modules/intake/inbox-store.ts forgetHeard': withTheDemo('removing the demo: what could not be used is found by its integration'),
  'src/modules/alerts/store.ts forgetAlerts': withTheDemo('removing the demo: alerts without an incident are found by their integration'),
  'src/modules/paging/store.ts forgetPages': withTheDemo('removing the demo: what drawn phones showed is looked through'),
  'src/modules/timeline/store.ts restartTransactionCount': withTheDemo(
    'after a database was restored elsewhere every fact is written anew',
  ),
}
