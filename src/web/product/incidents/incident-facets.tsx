import { useContext } from 'react'
import { links } from '../../links.ts'
import { Facet, type FacetValue } from '../../parts/facets.tsx'
import { FollowLink, Link } from '../../parts/link.tsx'
import { SeverityMark, type SeverityRank, severityName } from '../../parts/severity-mark.tsx'
import { fromStart, type IncidentField, type IncidentFilter, incidentFields, isNarrowed, type Span, spans, toggled } from './filter.ts'
import { words as listWords } from './list-words.ts'

export interface IncidentCounts {
  /** By field: the most common values first, and how many more there are. */
  fields: Record<IncidentField, { values: { value: string; count: number; name?: string }[]; more: number }>
  /** Said where older ones were left out of the count. */
  countedOnly?: string | undefined
}

/** What the list can be narrowed by, each value with how many incidents picking it would bring. */
export function IncidentFacets({ filter, counts }: { filter: IncidentFilter; counts: IncidentCounts | undefined }) {
  const follow = useContext(FollowLink)
  const go = (next: IncidentFilter) => follow(links.incidents(next))
  return (
    <>
      {incidentFields.map((field) => (
        <Facet
          key={field}
          title={listWords.fields[field]}
          values={valuesOf(field, filter, counts)}
          more={counts?.fields[field].more ?? 0}
          onPick={(value) => go(toggled(filter, field, value))}
        />
      ))}
      <SpanFacet
        span={filter.since}
        onPick={(since) => go({ ...fromStart(filter), ...(since ? { since } : { since: undefined }) } as IncidentFilter)}
      />
      {isNarrowed(filter) && (
        <p>
          <Link className="text-link" href={links.incidents({ status: filter.status })}>
            {listWords.clear}
          </Link>
        </p>
      )}
      {counts?.countedOnly && <p className="facets-note">{listWords.counted(counts.countedOnly)}</p>}
    </>
  )
}

export function SpanFacet({ span, onPick }: { span: Span | undefined; onPick: (span: Span | undefined) => void }) {
  const values: FacetValue[] = [
    { value: '', name: listWords.anyTime, picked: span === undefined },
    ...spans.map((one) => ({ value: one, name: listWords.spans[one], picked: one === span })),
  ]
  return <Facet title={listWords.since} pick="one" values={values} onPick={(value) => onPick(spans.find((one) => one === value))} />
}

/** Those that were counted, and those that are picked although none was. */
function valuesOf(field: IncidentField, filter: IncidentFilter, counts: IncidentCounts | undefined): FacetValue[] {
  const picked = filter[field] ?? []
  const counted = counts?.fields[field].values ?? []
  const missing = picked.filter((value) => !counted.some((one) => one.value === value))
  const all = [...counted, ...missing.map((value) => ({ value, count: counts && 0, name: undefined }))]
  if (field === 'severity') all.sort((a, b) => Number(a.value) - Number(b.value))
  return all.map(({ value, count, name }) => ({
    value,
    count,
    picked: picked.includes(value),
    name: name ?? nameOf(field, value),
    ...(field === 'severity' && { mark: <SeverityMark rank={Number(value) as SeverityRank} size={16} /> }),
  }))
}

function nameOf(field: IncidentField, value: string): string {
  if (field === 'severity') return severityName(Number(value) as SeverityRank)
  return field === 'urgency' ? (listWords.urgency[value] ?? value) : value
}
