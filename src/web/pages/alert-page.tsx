import { useParams, useSearch } from '@tanstack/react-router'
import { usePersonLook } from '../data/people.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { SkeletonRows } from '../parts/skeleton.tsx'
import { alertTabs } from '../product/alerts/filter.ts'
import { AlertScreen } from '../screens/alerts/alert-screen.tsx'
import { NotFoundScreen } from '../screens/shell/not-found-screen.tsx'
import { ProblemScreen } from '../screens/shell/problem-screen.tsx'
import { alertOf, alertRowOf, formatted, storyOf } from './alert-view.ts'

/** One alert: why it paged or did not, what it carried, when its key was open before, and the body as it came. */
export function AlertPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const search = useSearch({ strict: false }) as { tab?: string }
  const tab = alertTabs.find((one) => one === search.tab) ?? 'why'
  const alert = useQuery(queries.alert(id))
  const why = useQuery(queries.why(id))
  const { integration = '', dedupKey = '' } = alert.data ?? {}
  const history = useQuery({ ...queries.alertHistory(integration, dedupKey), enabled: alert.data !== undefined })
  const payload = useQuery({ ...queries.alertPayload(id), enabled: tab === 'payload' })
  const look = usePersonLook()
  if (!alert.data) {
    const missing = (alert.error as { status?: number } | null)?.status === 404
    const failed = missing ? <NotFoundScreen /> : <ProblemScreen onRetry={() => void alert.refetch()} />
    return <Frame place="incidents">{alert.isError ? failed : <SkeletonRows rows={8} />}</Frame>
  }
  const gone = (payload.error as { status?: number } | null)?.status === 410
  return (
    <Frame place="incidents" current={alert.data.incidentNumber ?? ''}>
      <AlertScreen
        alert={alertOf(alert.data)}
        tab={tab}
        story={loadableOf(why, (told) => storyOf(told, (name) => look(name).name))}
        history={loadableOf(history, ({ items }) => items.map(alertRowOf))}
        payload={
          gone
            ? { state: 'ready', value: undefined }
            : loadableOf(payload, ({ body, source, receivedAt }) => ({ body: formatted(body), source, receivedAt: Date.parse(receivedAt) }))
        }
      />
    </Frame>
  )
}
