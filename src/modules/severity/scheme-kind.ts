import type { WrittenKind } from '../documents/index.ts'
import { type SeverityScheme, SeveritySchemeKind } from './severity-scheme.ts'

export const schemeKind: WrittenKind<SeverityScheme> = {
  ...SeveritySchemeKind,
  plural: 'severity-schemes',
  alsoCalled: ['severity', 'scheme', 'severitylevels', 'priorities'],
  warnings: ({ spec }) =>
    spec.levels.every(({ raise }) => raise.every(({ how }) => how !== 'page'))
      ? [{ path: ['spec', 'levels'], message: 'no level pages anybody: what is declared by it wakes nobody unless a page is asked for' }]
      : [],
}
