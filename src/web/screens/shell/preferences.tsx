import { useContext } from 'react'
import { singleKeys } from '../../keys.ts'
import { languageChoice, languageChoices } from '../../language.ts'
import { links } from '../../links.ts'
import { Button, ButtonLink, IconButton } from '../../parts/button.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import { FollowLink } from '../../parts/link.tsx'
import { Menu, type MenuItem } from '../../parts/menu.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { words } from '../../product/shell/words.ts'
import { useStoredChoice } from '../../stored-choice.ts'
import { type Theme, themeChoice, themes } from '../../theme.ts'
import { words as installWords } from './install-words.ts'

const themeIcons: Record<Theme, IconName> = { system: 'sliders', light: 'sun', dark: 'moon' }

interface PreferencesProps {
  /** Left out where it is installed already. */
  onInstall?: (() => void) | undefined
  onSignOut?: (() => void) | undefined
}

/** How this browser shows things. What the product does is set elsewhere. */
export function PreferencesMenu({ onInstall, onSignOut }: PreferencesProps) {
  const theme = useStoredChoice(themeChoice)
  const keys = useStoredChoice(singleKeys)
  const chosenLanguage = useStoredChoice(languageChoice)
  const follow = useContext(FollowLink)
  const items: MenuItem[] = [
    { kind: 'act', name: words.profile, icon: 'user', onAct: () => follow(links.profile()) },
    { kind: 'rule', name: 'after profile' },
    ...themes.map(
      (name): MenuItem => ({
        kind: 'choice',
        name: words.themes[name],
        icon: themeIcons[name],
        chosen: name === theme,
        onAct: () => themeChoice.choose(name),
      }),
    ),
    { kind: 'rule', name: 'after themes' },
    ...languageChoices.map(
      (name): MenuItem => ({
        kind: 'choice',
        name: words.languages[name],
        icon: 'globe',
        chosen: name === chosenLanguage,
        onAct: () => languageChoice.choose(name),
      }),
    ),
    { kind: 'rule', name: 'after languages' },
    {
      kind: 'choice',
      name: words.singleKeys,
      icon: 'terminal',
      chosen: keys === 'on',
      onAct: () => singleKeys.choose(keys === 'on' ? 'off' : 'on'),
    },
  ]
  if (onInstall)
    items.push({ kind: 'rule', name: 'before install' }, { kind: 'act', name: installWords.act, icon: 'download', onAct: onInstall })
  if (onSignOut) items.push({ kind: 'rule', name: 'before sign out' }, { kind: 'act', name: words.signOut, icon: 'out', onAct: onSignOut })
  return (
    <Menu
      label={words.preferences}
      items={items}
      opens="up"
      trigger={(wiring) => <IconButton icon="sliders" label={words.preferences} {...wiring} />}
    />
  )
}

/** A phone has no single keys, so theme and language are all there is to choose. */
export function PreferencesOnPhone({ onInstall, onSignOut }: PreferencesProps) {
  const theme = useStoredChoice(themeChoice)
  const chosenLanguage = useStoredChoice(languageChoice)
  return (
    <>
      <ButtonLink kind="quiet" icon="user" href={links.profile()}>
        {words.profile}
      </ButtonLink>
      <Segmented
        label={words.theme}
        segments={themes.map((name) => ({ value: name, name: words.themesShort[name], icon: themeIcons[name] }))}
        current={theme}
        onPick={themeChoice.choose}
      />
      <Segmented
        label={words.language}
        segments={languageChoices.map((name) => ({ value: name, name: words.languagesShort[name] }))}
        current={chosenLanguage}
        onPick={languageChoice.choose}
      />
      <ButtonLink kind="quiet" icon="wrench" href={links.settings()}>
        {words.settings}
      </ButtonLink>
      {onInstall && (
        <Button kind="quiet" icon="download" onClick={onInstall}>
          {installWords.act}
        </Button>
      )}
      {onSignOut && (
        <Button kind="quiet" icon="out" onClick={onSignOut}>
          {words.signOut}
        </Button>
      )}
    </>
  )
}
