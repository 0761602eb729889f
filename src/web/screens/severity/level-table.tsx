import { Link } from '../../parts/link.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { words as severity } from '../../product/severity/words.ts'
import { capital, lasts, pagedBy, rolesOf, type Scheme, type SeverityLevel, takenWithin, toldBy } from './scheme.ts'
import { words } from './words.ts'

interface LevelTableProps {
  scheme: Scheme
  current: string
  hrefOf: (key: string) => string
}

/** One row is one sentence; on a phone it is written as one, with the heads as its small words. */
export function LevelTable({ scheme: { spec }, current, hrefOf }: LevelTableProps) {
  return (
    <div className="scheme-room">
      <table className="scheme-levels" aria-label={words.levels}>
        <thead>
          <tr>
            {Object.values(words.columns).map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {spec.levels.map((level, place) => (
            <tr key={level.key} data-row={level.key} className={level.key === current ? 'row-selected' : undefined}>
              <th scope="row">
                <span className="scheme-level">
                  <span aria-hidden="true">
                    <SeverityMark rank={(place + 1) as SeverityRank} size={20} />
                  </span>
                  <span>
                    <Link
                      className="row-link"
                      href={hrefOf(level.key)}
                      data-row-link
                      aria-current={level.key === current ? 'true' : undefined}
                    >
                      {level.key}
                    </Link>
                    <span className="sub">{level.name}</span>
                  </span>
                </span>
              </th>
              {cellsOf(level).map(({ head, is, dim }) => (
                <td key={head} data-head={words.columns[head]} className={dim ? 'dim' : head === 'means' ? 'scheme-means' : undefined}>
                  {is}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface Cell {
  head: keyof typeof words.columns
  is: string
  /** It asks for nothing here. */
  dim?: boolean
}

function cellsOf(level: SeverityLevel): Cell[] {
  const list = (head: Cell['head'], names: string[], none: string): Cell =>
    names.length > 0 ? { head, is: capital(severity.and(names)) } : { head, is: none, dim: true }
  const within = takenWithin(level)
  return [
    { head: 'means', is: level.meaning },
    list('pages', pagedBy(level), words.nobody),
    list('tells', toldBy(level), words.nobody),
    within === undefined ? { head: 'taken', is: words.noTime, dim: true } : { head: 'taken', is: within },
    level.update ? { head: 'update', is: lasts(level.update.every) } : { head: 'update', is: words.none, dim: true },
    list('wants', rolesOf(level), words.none),
    { head: 'resolve', is: words.resolve[level.resolve](lasts(level.monitoring.least)), dim: level.resolve === 'free' },
    { head: 'review', is: words.review[level.review], dim: level.review === 'none' },
  ]
}
