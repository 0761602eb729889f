import { parseDuration } from '../../kernel/duration.ts'
import { levelAt, type SchemeVersion } from '../severity/index.ts'

/** How often an audience is told, by the level; undefined where it promises nothing. */
export function rhythmOf(scheme: SchemeVersion | undefined, rank: number, audience: string): number | undefined {
  const update = scheme && levelAt(scheme.spec, rank).update
  const every = audience === 'status-page' ? (update?.statusPage ?? update?.every) : update?.every
  return every === undefined ? undefined : parseDuration(every)
}
