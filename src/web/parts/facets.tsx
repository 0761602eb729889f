import './facets.css'
import { type ReactNode, useId, useState } from 'react'
import { Button } from './button.tsx'
import { Checkbox, Radio } from './choice.tsx'
import { ScrollRegion } from './scroll-region.tsx'
import { Sheet } from './sheet.tsx'
import { words } from './words.ts'

export interface FacetValue {
  value: string
  name: string
  /** Stands before the name. */
  mark?: ReactNode
  /** Left out until it has been counted. */
  count?: number | undefined
  picked: boolean
}

interface FacetProps {
  title: string
  /** `one` of them at a time, or `several`. */
  pick?: 'one' | 'several'
  values: FacetValue[]
  /** How many further values there are that are not shown. */
  more?: number
  onPick: (value: string) => void
}

/** The values of one field, each with how many have it. */
export function Facet({ title, pick = 'several', values, more = 0, onPick }: FacetProps) {
  const Choice = pick === 'one' ? Radio : Checkbox
  const id = useId()
  if (values.length === 0) return null
  return (
    <fieldset className="facet">
      <legend>{title}</legend>
      {values.map(({ value, name, mark, count, picked }) => (
        <Choice key={value} name={id} checked={picked} onChange={() => onPick(value)}>
          <span className="facet-name">
            {mark}
            <span className="cut">{name}</span>
          </span>
          {count !== undefined && <span className="facet-count">{count}</span>}
        </Choice>
      ))}
      {more > 0 && <p className="facet-more">{words.moreValues(more)}</p>}
    </fieldset>
  )
}

interface ListColumnsProps {
  facetsLabel: string
  facets: ReactNode
  /** Read beside the list. */
  aside?: ReactNode
  children: ReactNode
}

/** What a list is narrowed by at its left, the list itself, and what is read beside it. */
export function ListColumns({ facetsLabel, facets, aside, children }: ListColumnsProps) {
  return (
    <div className={aside ? 'list-columns list-columns-aside' : 'list-columns'}>
      <ScrollRegion label={facetsLabel} className="facets">
        {facets}
      </ScrollRegion>
      <div className="list-column">{children}</div>
      {aside}
    </div>
  )
}

/** The same where there is no room at the side: behind a button that says how many are picked. */
export function FacetsButton({ label, count, children }: { label: string; count: number; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <span className="facets-button">
      <Button icon="filter" onClick={() => setOpen(true)}>
        {count > 0 ? `${label} ${count}` : label}
      </Button>
      <Sheet open={open} title={label} onClose={() => setOpen(false)}>
        <div className="facets">{children}</div>
      </Sheet>
    </span>
  )
}
