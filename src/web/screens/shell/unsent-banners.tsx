import type { Instant } from '../../../kernel/time.ts'
import { Banner } from '../../parts/banner.tsx'
import { Button } from '../../parts/button.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { words as parts } from '../../parts/words.ts'

/** A write that has not arrived, or not as it was meant. */
export interface UnsentLine {
  key: string
  tone: 'stale' | 'bad' | 'info'
  /** `Acknowledgement of INC-142`. */
  what: string
  text: string
  /** Until then it is tried; it lapses afterwards. */
  until?: { at: Instant; words: (left: string) => string } | undefined
  buttons: { name: string; onAct: () => void }[]
}

const SHOWN = 4

/** Across every page until it is settled: whoever pressed a button must not believe that it was heard. */
export function UnsentBanners({ lines, more }: { lines: UnsentLine[]; more: (count: number) => string }) {
  return (
    <>
      {lines.slice(0, SHOWN).map((line) => (
        <Banner
          key={line.key}
          tone={line.tone}
          beside={line.buttons.map(({ name, onAct }) => (
            <Button key={name} size="small" kind="quiet" onClick={onAct}>
              {name}
            </Button>
          ))}
        >
          {line.what} {line.text} {line.until && <Left at={line.until.at} say={line.until.words} />}
        </Banner>
      ))}
      {lines.length > SHOWN && <Banner tone="stale">{more(lines.length - SHOWN)}</Banner>}
    </>
  )
}

function Left({ at, say }: { at: Instant; say: (left: string) => string }) {
  const seconds = useTicking((now) => Math.max(0, Math.ceil((at - now) / 1000)))
  return <span aria-hidden="true">{say(parts.seconds(seconds))}</span>
}
