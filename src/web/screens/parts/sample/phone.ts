import type { PhonePage } from '../../phone/phone-pages.tsx'
import type { PhoneScreenProps } from '../../phone/phone-screen.tsx'
import type { WayStep } from '../../phone/what-happened.tsx'
import { ago, ahead } from './time.ts'

export const command: PhoneScreenProps['command'] = {
  url: 'http://127.0.0.1:4400/in/demo_k7Qd2vX9',
  body: { title: 'Checkout slow', severity: 2, service: 'checkout' },
  line: `curl -X POST http://127.0.0.1:4400/in/demo_k7Qd2vX9 -H 'Content-Type: application/json' -d '{"title":"Checkout slow","severity":2,"service":"checkout"}'`,
}
export const reply = {
  status: 'HTTP/1.1 202 Accepted',
  body: { incident: 'INC-144', paged: 'you, on screen', why: 'http://127.0.0.1:4400/i/144?tab=alerts' },
}
export const steps: WayStep[] = [
  { after: '0.00 s', kind: 'fact', icon: 'webhook', title: 'Received', detail: 'stored before it was answered, 6 ms' },
  { after: '0.02 s', kind: 'fact', icon: 'route', title: 'Routed', detail: 'service is checkout, Payments policy' },
  { after: '0.03 s', kind: 'fact', icon: 'plus', title: 'Opened INC-144', detail: 'SEV2, as the alert said' },
  { after: '0.90 s', kind: 'key', icon: 'push', title: 'Paged you', detail: 'on screen, level 1' },
  { after: '5 min', kind: 'system', title: 'Noor, level 2', detail: 'if you do not acknowledge', ahead: true },
]
export const pages: PhonePage[] = [
  {
    id: 'd2',
    state: 'waiting',
    incidentId: 'inc_144',
    title: 'Checkout slow',
    severity: 2,
    service: 'checkout',
    at: ago({ seconds: 2 }),
    next: { who: 'Noor', at: ahead({ minutes: 4, seconds: 58 }) },
  },
  { id: 'd1', state: 'told', text: 'This phone is paired. You are on call for the demo company.', at: ago({ minutes: 2 }) },
]
