import { useEffect } from 'react'
import { links } from '../../links.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { words } from '../../product/shell/words.ts'

export function NotFoundScreen() {
  useEffect(() => {
    document.title = `${words.notFound.title} · ${words.brand}`
  }, [])
  return (
    <main id="main" tabIndex={-1}>
      <EmptyState title={words.notFound.title} headingLevel={1} step={<ButtonLink href={links.now()}>{words.notFound.goNow}</ButtonLink>}>
        <p>{words.notFound.text}</p>
      </EmptyState>
    </main>
  )
}
