import { useState } from 'react'
import { alertTabs, readAlertFilter } from '../../../product/alerts/filter.ts'
import { AlertScreen } from '../../alerts/alert-screen.tsx'
import { AlertsScreen } from '../../alerts/alerts-screen.tsx'
import { loadableAs } from '../loadable-as.ts'
import { alertHistory, alertRows, manyAlerts, oneAlert, story, volume } from '../sample/alerts.ts'
import { at } from '../sample/time.ts'
import type { DrawnProps } from './drawn-props.ts'
import { DrawnShell } from './drawn-shell.tsx'

export function DrawnAlerts({ search, show }: DrawnProps) {
  const filter = readAlertFilter(search)
  const [newCount, setNewCount] = useState(2)
  const [previewed, setPreviewed] = useState<string | undefined>(show === 'preview' ? 'alr_8f31' : undefined)
  const rows = show === 'empty' ? [] : show === 'many' ? manyAlerts : alertRows
  const row = rows.find(({ id }) => id === previewed)
  return (
    <DrawnShell place="incidents" show={show}>
      <AlertsScreen
        filter={filter}
        statusCounts={{ open: 19, ended: 12, all: 31 }}
        tabCounts={{ incidents: 6, alerts: 31 }}
        counts={{
          fields: {
            severity: { values: [1, 2, 3, 4].map((rank) => ({ value: String(rank), count: rank * 3 })), more: 0 },
            service: { values: alertRows.map(({ service, count }) => ({ value: service, count })), more: 3 },
            integration: { values: [{ value: 'alertmanager-eu', count: 31 }], more: 0 },
          },
        }}
        volume={volume}
        list={loadableAs(show, { rows, tail: 'end' })}
        newCount={show === '' ? newCount : 0}
        onShowNew={() => setNewCount(0)}
        views={{ views: [], onOpen: () => {}, onSave: () => {}, onForget: () => {} }}
        onSearch={() => {}}
        onMore={() => {}}
        preview={row && { row, story: loadableAs(show, story) }}
        onPreview={setPreviewed}
      />
    </DrawnShell>
  )
}

export function DrawnAlert({ search, show }: DrawnProps) {
  return (
    <DrawnShell place="incidents" show={show}>
      <AlertScreen
        alert={oneAlert}
        tab={alertTabs.find((tab) => tab === search['tab']) ?? 'why'}
        story={loadableAs(show, story)}
        history={loadableAs(show, alertHistory)}
        payload={loadableAs(
          show,
          show === 'empty'
            ? undefined
            : {
                body: JSON.stringify({ status: 'firing', labels: Object.fromEntries(oneAlert.labels) }, null, 2),
                source: 'alertmanager',
                receivedAt: at('03:11:00'),
              },
        )}
      />
    </DrawnShell>
  )
}
