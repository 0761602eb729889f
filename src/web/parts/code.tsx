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
