import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Witness } from './witness.ts'

export const PAGERDUTY_KEY = 'pagerdutykey00000000000000000001'
export const ALERTMANAGER_KEY = 'alertmanagerkey00000000000000001'
export const GENERIC_KEY = 'generickey0000000000000000000001'

/** A folder for everything an installation keeps, and the company's configuration beside it. */
export interface Place {
  data: string
  config: string
  remove(): void
}

/** Nobody bundles and every alert is an incident of its own, so that each alert can be followed to its pages. */
export function makePlace(witness: Witness): Place {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-crash-'))
  const config = join(folder, 'company.yaml')
  writeFileSync(config, companyOf(witness.webhookUrl))
  return { data: join(folder, 'data'), config, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Ada is paged at once, by webhook and mail; Lin after a second; Boss after eight, long after Ada has taken what she takes. */
function companyOf(webhookUrl: string): string {
  const hook = (name: string) => `{ name: hook, channel: webhook, address: "${webhookUrl}/${name}", bundle: false }`
  return `
kind: Person
metadata: { name: ada }
spec:
  displayName: Ada
  contacts:
    - ${hook('ada')}
    - { name: mail, channel: email, address: ada@example.test, bundle: false }
---
kind: Person
metadata: { name: lin }
spec: { displayName: Lin, contacts: [${hook('lin')}] }
---
kind: Person
metadata: { name: boss }
spec: { displayName: Boss, contacts: [${hook('boss')}] }
---
kind: EscalationPolicy
metadata: { name: quick }
spec:
  levels:
    - { after: 0s, notify: [{ person: ada }] }
    - { after: 1s, notify: [{ person: lin }] }
    - { after: 8s, notify: [{ person: boss }] }
  catchAll: { notify: [{ person: boss }] }
---
kind: Service
metadata: { name: shop }
spec: { displayName: Shop, policy: quick }
---
kind: Integration
metadata: { name: events }
spec: { source: pagerduty, service: shop, key: ${PAGERDUTY_KEY} }
---
kind: Integration
metadata: { name: prometheus }
spec: { source: alertmanager, service: shop, key: ${ALERTMANAGER_KEY} }
---
kind: Integration
metadata: { name: anything }
spec: { source: generic, service: shop, key: ${GENERIC_KEY} }
`.replace(/^kind:/gm, 'apiVersion: tocsin.dev/v1\nkind:')
}
