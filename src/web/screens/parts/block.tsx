import type { ReactNode } from 'react'

/** One part of the parts page: its name and rule at the left, every state of it at the right. */
export function Block({ name, rule, column = false, children }: { name: string; rule: string; column?: boolean; children: ReactNode }) {
  const id = `part-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`
  return (
    <section className="part-block" aria-labelledby={id}>
      <div>
        <h2 id={id}>{name}</h2>
        <p>{rule}</p>
      </div>
      <div className={column ? 'part-states part-states-column' : 'part-states'}>{children}</div>
    </section>
  )
}

/** Begins a new line among the states. */
export function NextLine() {
  return <span className="part-next-line" />
}

export function Grid({ columns, children }: { columns: 2 | 3 | 4; children: ReactNode }) {
  return <div className={`part-grid part-grid-${columns}`}>{children}</div>
}
