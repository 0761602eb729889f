import './definition-list.css'
import type { ReactNode } from 'react'

export interface Definition {
  term: string
  is: ReactNode
}

/** Facts with their names, in two columns. */
export function DefinitionList({ items }: { items: Definition[] }) {
  return (
    <dl className="definitions">
      {items.map(({ term, is }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{is}</dd>
        </div>
      ))}
    </dl>
  )
}
