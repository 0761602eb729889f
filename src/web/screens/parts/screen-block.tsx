import { ButtonLink } from '../../parts/button.tsx'
import { Block } from './block.tsx'

const screens: [name: string, href: string][] = [
  ['Sign in', '/parts/sign-in'],
  ['Sign in, sent', '/parts/sign-in?show=sent'],
  ['Sign in, no mail', '/parts/sign-in?show=no-mail'],
  ['Now', '/parts/now'],
  ['Now, quiet', '/parts/now?show=empty'],
  ['Now, loading', '/parts/now?show=loading'],
  ['Now, failed', '/parts/now?show=failed'],
  ['Now, not live', '/parts/now?show=stale'],
  ['Incidents', '/parts/incidents'],
  ['Incidents, empty', '/parts/incidents?show=empty'],
  ['Incidents, kept', '/parts/incidents?show=kept'],
  ['Incidents, preview', '/parts/incidents?show=preview'],
  ['Alerts', '/parts/alerts'],
  ['Alerts, preview', '/parts/alerts?show=preview'],
  ['Alerts, 100,000', '/parts/alerts?show=many'],
  ['Alerts, empty', '/parts/alerts?show=empty'],
  ['Alerts, kept', '/parts/alerts?show=kept'],
  ['Alert', '/parts/alert'],
  ['Alert, labels', '/parts/alert?tab=labels'],
  ['Alert, history', '/parts/alert?tab=history'],
  ['Alert, payload', '/parts/alert?tab=payload'],
  ['Alert, payload gone', '/parts/alert?tab=payload&show=empty'],
  ['Incident', '/parts/incident'],
  ['Incident, detected', '/parts/incident?show=detected'],
  ['Incident, resolved', '/parts/incident?show=resolved'],
  ['Incident, no policy', '/parts/incident?show=nobody'],
  ['Incident, alerts', '/parts/incident?tab=alerts'],
  ['Incident, pages', '/parts/incident?show=detected&tab=pages'],
  ['Drawn phone', '/parts/phone'],
  ['Drawn phone, before', '/parts/phone?show=empty'],
]

export function ScreenBlock() {
  return (
    <Block name="Screens" rule="Each with drawn data, also in its other states.">
      {screens.map(([name, href]) => (
        <ButtonLink key={href} size="small" href={href}>
          {name}
        </ButtonLink>
      ))}
    </Block>
  )
}
