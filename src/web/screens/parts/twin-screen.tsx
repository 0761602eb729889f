import { useParams, useSearch } from '@tanstack/react-router'
import { type ReactNode, useContext } from 'react'
import { FollowLink } from '../../parts/link.tsx'
import { TickingProvider } from '../../parts/ticking.tsx'
import { NotFoundScreen } from '../shell/not-found-screen.tsx'
import { DrawnAlert, DrawnAlerts } from './drawn/drawn-alerts.tsx'
import { DrawnIncident } from './drawn/drawn-incident.tsx'
import { DrawnIncidents } from './drawn/drawn-incidents.tsx'
import { DrawnNow } from './drawn/drawn-now.tsx'
import { DrawnPhone } from './drawn/drawn-phone.tsx'
import type { DrawnProps } from './drawn/drawn-props.ts'
import { DrawnSignIn } from './drawn/drawn-sign-in.tsx'
import { sampleTicker, sampleZone } from './sample/time.ts'

/** A screen with drawn data; `?show=` puts it into a state: loading, failed, kept, empty, detected, resolved, stale. */
export function TwinScreen() {
  const { screen } = useParams({ strict: false }) as { screen: string }
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const Drawn = screens[screen]
  if (!Drawn) return <NotFoundScreen />
  return (
    <TickingProvider ticker={sampleTicker} zone={sampleZone}>
      <StayAmongTwins>
        <Drawn search={search} show={search.show ?? ''} />
      </StayAmongTwins>
    </TickingProvider>
  )
}

const screens: Record<string, (props: DrawnProps) => ReactNode> = {
  now: DrawnNow,
  incidents: DrawnIncidents,
  incident: DrawnIncident,
  alerts: DrawnAlerts,
  alert: DrawnAlert,
  'sign-in': DrawnSignIn,
  phone: DrawnPhone,
}

/** Links of the product lead from twin to twin, so that drawn data is never mistaken for real. */
function StayAmongTwins({ children }: { children: ReactNode }) {
  const follow = useContext(FollowLink)
  const twins: [RegExp, string][] = [
    [/^\/(?=\?|$)/, '/parts/now'],
    [/^\/incidents/, '/parts/incidents'],
    [/^\/alerts/, '/parts/alerts'],
    [/^\/a\/\w+/, '/parts/alert'],
    [/^\/i\/138/, '/parts/incident?show=detected&'],
    [/^\/i\/\d+/, '/parts/incident'],
  ]
  const followTwin = (href: string) => {
    const found = twins.find(([path]) => path.test(href))
    follow(
      found
        ? href
            .replace(...found)
            .replace('&?', '&')
            .replace(/&$/, '')
        : href,
    )
  }
  return <FollowLink value={followTwin}>{children}</FollowLink>
}
