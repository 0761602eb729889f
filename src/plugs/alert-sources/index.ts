import type { AlertSource } from '../../modules/intake/source.ts'
import { alertmanager } from './alertmanager.ts'
import { alertmanagerApi, alertmanagerApiV1 } from './alertmanager-api.ts'
import { generic } from './generic.ts'
import { grafana } from './grafana.ts'
import { pagerduty } from './pagerduty.ts'
import { pagerdutyV1 } from './pagerduty-v1.ts'

export const alertSources: AlertSource[] = [alertmanager, alertmanagerApi, alertmanagerApiV1, grafana, pagerduty, pagerdutyV1, generic]
