import './code.css'
import type { ReactNode } from 'react'
import { Button, IconButton } from './button.tsx'
import { useCopy } from './copy.ts'
import { ScrollRegion } from './scroll-region.tsx'
import { words } from './words.ts'

/** What is typed or sent, with its own button to copy it; long lines scroll. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  const { copied, copy } = useCopy(code)
  return (
    <div className="code">
      <ScrollRegion label={label} className="code-lines">
        <pre>
          <code>{code}</code>
        </pre>
      </ScrollRegion>
      <span className="code-copy">
        <IconButton size="small" icon={copied ? 'check' : 'copy'} label={copied ? words.copied : words.copy} onClick={copy} />
      </span>
    </div>
  )
}

/** One line to copy, with the button in words: addresses, links, ids. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  const { copied, copy } = useCopy(text)
  return (
    <div className="copy-line">
      <input className="input mono" readOnly aria-label={label} value={text} onFocus={(event) => event.currentTarget.select()} />
      <Button icon={copied ? 'check' : 'copy'} onClick={copy}>
        {copied ? words.copied : words.copy}
      </Button>
    </div>
  )
}

/** A drawn terminal; its lines may be coloured with the Code… spans below. */
export function Terminal({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="terminal">
      <header>
        <i />
        <i />
        <i />
        <span>{title}</span>
      </header>
      <ScrollRegion label={title} className="terminal-lines">
        <pre>
          <code>{children}</code>
        </pre>
      </ScrollRegion>
    </div>
  )
}

export type CodeInk = 'prompt' | 'key' | 'string' | 'number' | 'comment' | 'quiet'

export function Ink({ as, children }: { as: CodeInk; children: ReactNode }) {
  return <span className={`ink-${as}`}>{children}</span>
}

/** A body as it came: JSON is set in its own lines and colours, anything else stays as it is. A line may be lit. */
export function BodyCode({ label, text, lit }: { label: string; text: string; lit?: number | undefined }) {
  const { copied, copy } = useCopy(text)
  return (
    <div className="code">
      <ScrollRegion label={label} className="code-lines">
        <pre>
          <code>
            {text.split('\n').map((line, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
              <span key={place} className={place + 1 === lit ? 'code-line code-lit' : 'code-line'}>
                {inkedLine(line)}
                {'\n'}
              </span>
            ))}
          </code>
        </pre>
      </ScrollRegion>
      <span className="code-copy">
        <IconButton size="small" icon={copied ? 'check' : 'copy'} label={copied ? words.copied : words.copy} onClick={copy} />
      </span>
    </div>
  )
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\btrue\b|\bfalse\b|\bnull\b)/g

function inkedLine(line: string): ReactNode[] {
  const parts: ReactNode[] = []
  let from = 0
  for (const found of line.matchAll(TOKEN)) {
    const [whole, text, colon, plain] = found
    parts.push(line.slice(from, found.index))
    parts.push(
      <Ink key={found.index} as={plain ? 'number' : colon ? 'key' : 'string'}>
        {text ?? plain}
      </Ink>,
    )
    if (colon) parts.push(colon)
    from = found.index + whole.length
  }
  return [...parts, line.slice(from)]
}
