import type { WrittenKind } from '../documents/index.ts'
import { type CommandSettings, CommandSettingsKind } from './command-settings.ts'
import { allSchemes, DEFAULT_SCHEME } from './find-scheme.ts'

export const commandKind: WrittenKind<CommandSettings> = {
  ...CommandSettingsKind,
  plural: 'command-settings',
  alsoCalled: ['incidentcommand', 'incidentsettings'],
  warnings({ name, spec: { scheme } }, after) {
    if (name !== 'default') return [{ path: ['metadata', 'name'], message: 'only the document called default is followed' }]
    const known = allSchemes(after).map(({ name }) => name)
    return scheme === undefined || known.includes(scheme)
      ? []
      : [
          {
            path: ['spec', 'scheme'],
            message: `there is no severity scheme ‹${scheme}›, so ${DEFAULT_SCHEME} is used; there are ${known.join(', ')}`,
          },
        ]
  },
}
