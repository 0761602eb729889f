import './pager.css'
import { ButtonLink } from './button.tsx'
import { words } from './words.ts'

export interface PagerProps {
  /** Says what is in view: "1 to 50". */
  shown: string
  newestHref?: string | undefined
  olderHref?: string | undefined
}

/** Steps through a long list. Links, so that a page of it can be kept and sent. */
export function Pager({ shown, newestHref, olderHref }: PagerProps) {
  return (
    <div className="pager">
      <span className="dim">{shown}</span>
      <span className="line push-right">
        {newestHref && (
          <ButtonLink size="small" kind="quiet" icon="left" href={newestHref}>
            {words.newest}
          </ButtonLink>
        )}
        {olderHref && (
          <ButtonLink size="small" kind="quiet" icon="right" href={olderHref}>
            {words.older}
          </ButtonLink>
        )}
      </span>
    </div>
  )
}
