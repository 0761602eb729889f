import './phone-screen.css'
import type { ReactNode } from 'react'
import { useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Banner } from '../../parts/banner.tsx'
import { Button } from '../../parts/button.tsx'
import { Terminal } from '../../parts/code.tsx'
import { useCopy } from '../../parts/copy.ts'
import type { KeyHint } from '../../parts/key-cap.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { PhoneFrame } from '../../parts/phone-frame.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { longDay, timeOfDay } from '../../parts/time-words.ts'
import { CommandLines, type CommandLinesProps } from './command-lines.tsx'
import { PhonePages, type PhonePagesProps } from './phone-pages.tsx'
import { type WayStep, WhatHappened } from './what-happened.tsx'
import { words } from './words.ts'

export interface PhoneScreenProps extends CommandLinesProps, PhonePagesProps {
  way: { steps: WayStep[]; took?: string | undefined }
  /** Set in a demo: says that nobody else is paged, and offers the way out of it. */
  demo?: { beside?: ReactNode } | undefined
  busy?: 'send' | undefined
  onSend: () => void
}

export function PhoneScreen({ command, reply, way, pages, demo, busy, onSend, onAcknowledge, onEscalate }: PhoneScreenProps) {
  const { copied, copy } = useCopy(command.line)
  const waiting = pages.find((page) => page.state === 'waiting')
  useKeys({
    c: copy,
    s: busy ? undefined : onSend,
    a: waiting && (() => onAcknowledge(waiting.incidentId)),
    e: waiting && (() => onEscalate(waiting.incidentId)),
  })
  const time = useTicking((now, zone) => timeOfDay(now, zone))
  const date = useTicking(longDay)
  return (
    <Page
      crumbs={[{ name: words.section, href: links.now() }, { name: words.crumb }]}
      keys={keyHints}
      banner={
        demo && (
          <Banner tone="drill" beside={demo.beside}>
            {words.demo}
          </Banner>
        )
      }
    >
      <PageHead
        title={words.title}
        beside={
          <>
            <Button icon="bolt" keyCap="S" busy={busy === 'send'} onClick={onSend}>
              {words.send}
            </Button>
            <Button kind="primary" icon={copied ? 'check' : 'copy'} keyCap="C" onClick={copy}>
              {copied ? words.copied : words.copy}
            </Button>
          </>
        }
      >
        {words.about}
      </PageHead>
      <div className="phone-page">
        <div className="phone-page-main">
          <Terminal title={words.terminal}>
            <CommandLines command={command} reply={reply} />
          </Terminal>
          <WhatHappened {...way} />
        </div>
        <div className="phone-page-side">
          <PhoneFrame label={words.phone} time={time} date={date}>
            <PhonePages pages={pages} onAcknowledge={onAcknowledge} onEscalate={onEscalate} />
          </PhoneFrame>
          <p className="phone-caption">
            <b>{words.captionName}</b>, {words.caption}
          </p>
        </div>
      </div>
    </Page>
  )
}

const keyHints: KeyHint[] = [
  { keys: ['C'], does: words.keys.copy },
  { keys: ['S'], does: words.keys.send },
  { keys: ['A'], does: words.keys.acknowledge },
  { keys: ['E'], does: words.keys.escalate },
]
