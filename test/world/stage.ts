import { type Phones, startPhones } from './phones.ts'
import { createWorld, type World, type WorldOptions } from './world.ts'

/** A small company on a world of its own: people with one phone each, one service, one way in, and an alarm to set off. */
export interface Stage {
  world: World
  phones: Phones
  /** How far one step of `pass` goes; may be changed on the way. */
  pace: { stepSeconds: number }
  /** Writes documents, kind by kind: `{ Team: { payments: { members: ['ada'] } } }`. */
  write(kinds: Record<string, Record<string, object | null>>): Promise<void>
  /** The service's escalation policy: `policy(['0s ada', '30s lin, team payments'], 'kim')`. */
  policy(levels: string[], catchAll: string, more?: object): Promise<void>
  /** Sends a report in our own JSON; answers the incident its alert then belongs to, if any. */
  alarm(report?: Record<string, unknown>, integration?: string): Promise<Incident | undefined>
  incident(id: string): Promise<Incident>
  timeline(id: string): Promise<Fact[]>
  /** Why an alert's pages went where they went, sentence by sentence. */
  why(incidentId: string): Promise<string[]>
  /** The beginning of a scene: everything open is over, phones are quiet and work, seconds are counted from here. */
  curtain(): Promise<void>
  close(): Promise<void>
}

export type Incident = Awaited<ReturnType<World['api']['getIncident']>>
export type Fact = Awaited<ReturnType<World['api']['getTimeline']>>['items'][number]

export interface StageOptions extends WorldOptions {
  people?: string[]
  /** Signs what phones get. */
  secret?: string
}

export async function setStage({ people = ['ada', 'lin', 'kim'], secret, ...options }: StageOptions = {}): Promise<Stage> {
  const phones = await startPhones(() => world.now(), secret === undefined ? {} : { secret })
  const pace = { stepSeconds: 5, hangs: phones.hangs, ...options }
  const world = await createWorld(pace)

  const stage: Stage = {
    world,
    phones,
    pace,
    async write(kinds) {
      const documents = Object.entries(kinds).flatMap(([kind, named]) =>
        Object.entries(named).map(([name, spec]) => JSON.stringify({ kind, metadata: { name }, spec })),
      )
      await world.configure(documents.join('\n---\n'))
    },
    policy: (levels, catchAll, more = {}) => stage.write({ EscalationPolicy: { api: policyOf(levels, catchAll, more) } }),
    async alarm(report = {}, integration = 'alarms') {
      const sentAt = world.now()
      const sent = { title: 'Disk is full', dedup_key: 'disk', severity: 'critical', ...report }
      const { status, text } = await world.post(`/in/${keyOf(integration)}`, sent)
      if (status !== 202) throw new Error(`The alarm was answered ${status}: ${text}`)
      const { items } = await world.api.listAlerts({ query: { dedupKey: sent.dedup_key, limit: 1 } })
      const [alert] = items
      // What it was about may have ended long ago.
      return alert?.incidentId && Date.parse(alert.reportedAt) >= sentAt ? stage.incident(alert.incidentId) : undefined
    },
    incident: (id) => world.api.getIncident({ params: { id } }),
    timeline: async (id) => (await world.api.getTimeline({ params: { id }, query: { limit: 200 } })).items,
    async why(incidentId) {
      const { items } = await world.api.listAlerts({ query: { incident: incidentId } })
      const { steps } = await world.api.getAlertWhy({ params: { id: items.at(-1)!.id } })
      return steps.map(({ text }) => text)
    },
    async curtain() {
      const { items } = await world.api.listIncidents({ query: { status: ['open'], limit: 200 } })
      for (const { id, declared } of items)
        await (declared
          ? world.api.actOnIncident({ params: { id }, body: { act: 'cancel', reason: 'the scene is over' } })
          : world.api.resolveIncident({ params: { id }, body: {} }))
      // Ids tell moments apart, not what happens within one.
      await world.pass({ seconds: 1 })
      phones.listen()
    },
    async close() {
      await world.close()
      await phones.close()
    },
  }

  await stage.write({
    Person: Object.fromEntries(people.map((name) => [name, { contacts: [phones.contact(name)] }])),
    EscalationPolicy: {
      api: policyOf(
        people.slice(0, 1).map((name) => `0s ${name}`),
        people.at(-1)!,
      ),
    },
    Service: { api: { policy: 'api' } },
    Integration: { alarms: { source: 'generic', service: 'api', key: keyOf('alarms') } },
  })
  return stage
}

/** A key as integrations have them. */
export function keyOf(integration: string): string {
  return `key-of-${integration}-`.padEnd(32, '0')
}

/** Levels written as `after target, target; severities`: `30s lin, team payments; 1,2`. */
export function policyOf(levels: string[], catchAll: string, more: object = {}): object {
  return {
    levels: levels.map((level) => {
      const [whom = '', severities] = level.split(';')
      const [after = ''] = whom.split(' ', 1)
      return { after, notify: targets(whom.slice(after.length)), ...(severities && { severities: severities.split(',').map(Number) }) }
    }),
    catchAll: { notify: targets(catchAll) },
    ...more,
  }
}

function targets(text: string): object[] {
  return text.split(',').map((one) => {
    const words = one.trim().split(' ')
    return words.length === 1 ? { person: words[0] } : { [words[0]!]: words[1] }
  })
}
