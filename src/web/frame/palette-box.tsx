import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { kept } from '../browser.ts'
import { useActs } from '../data/acts.ts'
import { api } from '../data/api.ts'
import { queries, queryClient, useQuery } from '../data/queries.ts'
import { languageChoice } from '../language.ts'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import { destinations } from '../screens/palette/destinations.ts'
import type { Findable, FindableIncident, Found } from '../screens/palette/find.ts'
import { Palette } from '../screens/palette/palette.tsx'
import type { Beginning } from './declare-dialog.tsx'

interface PaletteBoxProps {
  open: boolean
  /** The number of the incident in view. */
  current: string | undefined
  onDeclare: ((begin: Beginning) => void) | undefined
  onClose: () => void
}

const RECENT = 'tocsin.palette.recent'
const RECENT_MAX = 12
const PAUSE_MS = 150

/** The palette, fed: what is open comes from the cache at once, what is older is asked of the server while one types. */
export function PaletteBox({ open, current, onDeclare, onClose }: PaletteBoxProps) {
  const me = useQuery(queries.me())
  const incidents = useQuery({ ...queries.openIncidents(), enabled: open })
  const services = useQuery({ ...queries.services(), enabled: open })
  const people = useQuery({ ...queries.peopleNames(), enabled: open && me.data?.permissions.includes('config:read') === true })
  const onCall = useQuery({ ...queries.onCall(), enabled: open })
  const [typed, setTyped] = useState('')
  const asked = useLater(typed.trim(), PAUSE_MS)
  const older = useQuery({
    queryKey: ['incidents', 'palette', asked],
    queryFn: () => search(asked),
    enabled: open && asked.length >= 2,
    staleTime: 10_000,
  })
  const { act, note } = useActs()
  const router = useRouter()
  const [recent, setRecent] = useState(readRecent)
  const known: string[] = Object.keys(router.routesByPath)

  const all = new Map<string, FindableIncident>()
  const inView = current === undefined ? undefined : queryClient.getQueryData(queries.incident(current.replace(/^\D+/, '')).queryKey)
  for (const one of [...(inView ? [inView] : []), ...(incidents.data?.items ?? []), ...(older.data ?? [])])
    all.set(one.id, { ...one, severity: one.severity as SeverityRank })
  const pageOf = (path: string) => (known.includes(path) ? (name: string) => path.replace(/\$\w+/, encodeURIComponent(name)) : undefined)
  const personPage = pageOf('/people/$name') ?? pageOf('/people/$person')
  const fromOnCall = (part: 'schedule' | 'policy') =>
    [...new Set(onCall.data?.items.flatMap((one) => one[part] ?? []) ?? [])].map((name) => ({ name, displayName: name }))
  const findable: Findable = {
    incidents: [...all.values()],
    services: services.data?.items.map(({ name, displayName }) => ({ name, displayName })) ?? [],
    people: personPage
      ? Object.entries(people.data ?? {}).map(([name, displayName]) => ({ name, displayName, href: personPage(name) }))
      : [],
    schedules: fromOnCall('schedule'),
    policies: fromOnCall('policy'),
    screens: destinations.filter(({ href }) => known.includes(href.split('?')[0]!)),
    here: current === undefined ? undefined : [...all.values()].find(({ number }) => number === current),
    mayAct: me.data?.permissions.includes('incident:act') === true,
    mayDeclare: me.data?.permissions.includes('incident:declare') === true,
    pages: {
      service: pageOf('/services/$name') ?? pageOf('/services/$service'),
      schedule: pageOf('/schedules/$name') ?? pageOf('/schedules/$schedule') ?? pageOf('/on-call/$schedule'),
      policy: pageOf('/policies/$name') ?? pageOf('/policies/$policy'),
    },
  }

  const choose = ({ id, step }: Found) => {
    const next = [id, ...recent.filter((one) => one !== id)].slice(0, RECENT_MAX)
    setRecent(next)
    kept.write(RECENT, JSON.stringify(next))
    onClose()
    switch (step.do) {
      case 'go':
        return router.history.push(step.href)
      case 'act':
        return act(step.incident.id, step.act)
      case 'note':
        return note(step.incident.id, { text: step.text, kind: 'note', at: undefined })
      case 'declare':
        return onDeclare?.({ title: step.title, service: step.service, policy: step.policy })
      case 'fill':
        return undefined
    }
  }
  return (
    <Palette
      key={languageChoice.read()}
      open={open}
      findable={findable}
      recent={recent}
      onType={setTyped}
      onChoose={choose}
      onClose={onClose}
    />
  )
}

/** By number when there is one in it, by title otherwise; a command's verb is no part of a title. */
async function search(typed: string) {
  const number = /(?:^|\D)(\d{1,9})(?:\D|$)/.exec(typed)?.[1]
  const last = typed.split(/\s+/).slice(-3)
  const texts = number === undefined ? [typed, ...(last.length > 1 ? [last.slice(1).join(' ')] : [])] : []
  const [one, ...lists] = await Promise.all([
    number === undefined ? undefined : api.getIncident({ params: { id: `INC-${number}` } }).catch(() => undefined),
    ...texts.map((text) => api.listIncidents({ query: { text, limit: 8 } }).then(({ items }) => items)),
  ])
  return [...(one ? [one] : []), ...lists.flat()]
}

function useLater(value: string, pauseMs: number): string {
  const [later, setLater] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return later
}

function readRecent(): string[] {
  const stored = kept.readJson(RECENT)
  return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : []
}
