import { printing } from './shared.ts'
import { verb } from './verb.ts'

export const severityList = verb({
  words: 'severity list',
  summary: 'severity schemes, those built in first',
  options: printing,
  examples: ['tocsin severity list'],
  alsoCalled: ['severity ls', 'severities', 'severity schemes', 'priorities'],
})

export const severityShow = verb({
  words: 'severity show',
  summary: 'what each level of a scheme means, and whom it wakes',
  arguments: [{ name: 'scheme', optional: true, summary: 'its name; the one in use unless said' }],
  options: printing,
  examples: ['tocsin severity show', 'tocsin severity show p1-p4'],
  alsoCalled: ['severity get', 'severity view'],
})

export const severityPropose = verb({
  words: 'severity propose',
  summary: 'the level that the facts propose, and the one that decides',
  details:
    'Facts: extent=everything|essential|degraded|partial|cosmetic|nothing, users=38% or a word, errorPercent, revenuePerHourUsd, sla, data, security, scope, systemsDown, workaround, worsening, audience, tags.',
  arguments: [{ name: 'facts', many: true, summary: 'what is known, such as extent=partial users=38%' }],
  options: {
    scheme: { value: 'name', summary: 'by this scheme; the one in use unless said' },
    service: { short: 's', value: 'name', names: 'service', summary: 'its tags count, and its team’s scheme' },
    ...printing,
  },
  examples: ['tocsin severity propose extent=partial users=38%', 'tocsin severity propose data=lost -s checkout'],
})
