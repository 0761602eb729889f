import type { WrittenKind } from '../documents/index.ts'
import { Team, type TeamSpec } from './team.ts'

export const teamKind: WrittenKind<TeamSpec> = {
  ...Team,
  plural: 'teams',
  alsoCalled: ['group'],
  warnings: ({ spec: { members } }) =>
    members.length > 0 ? [] : [{ path: ['spec', 'members'], message: 'nobody is in this team, so that paging it reaches nobody' }],
}
