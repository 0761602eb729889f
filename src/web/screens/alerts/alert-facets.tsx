import { useContext } from 'react'
import { links } from '../../links.ts'
import { FilterChip } from '../../parts/chip.tsx'
import { Facet } from '../../parts/facets.tsx'
import { FollowLink, Link } from '../../parts/link.tsx'
import { SeverityMark, type SeverityRank, severityName } from '../../parts/severity-mark.tsx'
import { type AlertField, type AlertFilter, alertFields, withoutLabel } from '../../product/alerts/filter.ts'
import { toggled } from '../../product/incidents/filter.ts'
import { SpanFacet } from '../../product/incidents/incident-facets.tsx'
import { words as listWords } from '../../product/incidents/list-words.ts'
import { words } from './words.ts'

export interface AlertCounts {
  fields: Record<AlertField, { values: { value: string; count: number }[]; more: number }>
  countedOnly?: string | undefined
}

/** What alerts can be narrowed by, each value with how many alerts picking it would bring. */
export function AlertFacets({ filter, counts }: { filter: AlertFilter; counts: AlertCounts | undefined }) {
  const follow = useContext(FollowLink)
  const go = (next: AlertFilter) => follow(links.alerts(next))
  const { key, since: _since, ...rest } = filter
  return (
    <>
      {(filter.label || key !== undefined) && (
        <p className="label-filters">
          {key !== undefined && (
            <FilterChip
              removeLabel={words.removeLabel(words.key)}
              onRemove={() => go({ ...rest, ...(filter.since && { since: filter.since }) })}
            >
              <span className="cut">{key}</span>
            </FilterChip>
          )}
          {filter.label?.map((label) => (
            <FilterChip key={label} removeLabel={words.removeLabel(label)} onRemove={() => go(withoutLabel(filter, label))}>
              <span className="cut">{label}</span>
            </FilterChip>
          ))}
        </p>
      )}
      {alertFields.map((field) => (
        <Facet
          key={field}
          title={words.fields[field]}
          values={valuesOf(field, filter, counts)}
          more={counts?.fields[field].more ?? 0}
          onPick={(value) => go(toggled(filter, field, value))}
        />
      ))}
      <SpanFacet span={filter.since} onPick={(since) => go({ ...filter, since } as AlertFilter)} />
      {isNarrowed(filter) && (
        <p>
          <Link className="text-link" href={links.alerts({ status: filter.status })}>
            {listWords.clear}
          </Link>
        </p>
      )}
      {counts?.countedOnly && <p className="facets-note">{listWords.counted(counts.countedOnly)}</p>}
    </>
  )
}

export function isNarrowed({ q, since, key, label, ...fields }: AlertFilter): boolean {
  return [q, since, key, label, ...alertFields.map((field) => fields[field])].some((one) => one !== undefined)
}

function valuesOf(field: AlertField, filter: AlertFilter, counts: AlertCounts | undefined) {
  const picked = filter[field] ?? []
  const counted = counts?.fields[field].values ?? []
  const missing = picked.filter((value) => !counted.some((one) => one.value === value))
  const all = [...counted, ...missing.map((value) => ({ value, count: counts && 0 }))]
  if (field === 'severity') all.sort((a, b) => Number(a.value) - Number(b.value))
  return all.map(({ value, count }) => {
    const rank = Number(value) as SeverityRank
    const look = field === 'severity' ? { name: severityName(rank), mark: <SeverityMark rank={rank} size={16} /> } : { name: value }
    return { value, count, picked: picked.includes(value), ...look }
  })
}
