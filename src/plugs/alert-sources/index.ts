import type { AlertSource } from '../../modules/alerts/source.ts'
import { alertmanager } from './alertmanager.ts'
import { alertmanagerApi } from './alertmanager-api.ts'
import { generic } from './generic.ts'
import { grafana } from './grafana.ts'
import { pagerduty } from './pagerduty.ts'
import { pagerdutyV1 } from './pagerduty-v1.ts'

export const alertSources: AlertSource[] = [alertmanager, alertmanagerApi, grafana, pagerduty, pagerdutyV1, generic]

export { createReader } from './reader.ts'
