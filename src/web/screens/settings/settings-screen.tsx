import './settings-screen.css'
import { type ReactNode, useRef, useState } from 'react'
import { useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Icon } from '../../parts/icon.tsx'
import type { KeyHint } from '../../parts/key-cap.tsx'
import { Link } from '../../parts/link.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { type OwnSection, type Section, sectionGroups, sections } from './sections.ts'
import { words } from './words.ts'

interface SettingsScreenProps {
  section: OwnSection
  /** A sentence under the title. */
  about?: ReactNode
  beside?: ReactNode
  children: ReactNode
}

/** Sections with a search at the left, one of them at the right. On a phone the list stands below the overview, the others alone. */
export function SettingsScreen({ section, about, beside, children }: SettingsScreenProps) {
  const title = words.sections[section]
  const isRoot = section === 'overview'
  const search = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => search.current?.focus() })
  return (
    <Page crumbs={isRoot ? [{ name: words.title }] : [{ name: words.title, href: links.settings() }, { name: title }]} keys={keyHints}>
      <div className={isRoot ? 'settings' : 'settings settings-inner'}>
        <SectionList current={section} search={search} />
        <ScrollRegion label={title} className="settings-body">
          <PageHead title={title} beside={beside}>
            {about}
          </PageHead>
          <div className="settings-columns">{children}</div>
        </ScrollRegion>
      </div>
    </Page>
  )
}

const keyHints: KeyHint[] = [{ keys: ['/'], does: words.keys.search }]

function SectionList({ current, search }: { current: Section; search: React.RefObject<HTMLInputElement | null> }) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const fits = (name: Section) => `${words.sections[name]} ${words.finds[name]}`.toLowerCase().includes(wanted)
  const groups = Object.entries(sectionGroups).map(([group, names]) => ({
    group: group as keyof typeof sectionGroups,
    names: (names as readonly Section[]).filter(fits),
  }))
  const isEmpty = groups.every(({ names }) => names.length === 0)
  return (
    <nav className="settings-nav" aria-label={words.nav}>
      <search className="input-with-icon">
        <Icon name="search" />
        <input
          ref={search}
          className="input"
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </search>
      {groups.map(
        ({ group, names }) =>
          names.length > 0 && (
            <section key={group} aria-labelledby={`settings-${group}`}>
              <h2 id={`settings-${group}`}>{words.groups[group]}</h2>
              <ul>
                {names.map((name) => (
                  <li key={name}>
                    <Link href={sections[name].href} aria-current={name === current ? 'page' : undefined}>
                      <Icon name={sections[name].icon} />
                      <span>{words.sections[name]}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
      {isEmpty && (
        <p className="sub" role="status">
          {words.nothingFound(text.trim())}
        </p>
      )}
    </nav>
  )
}
