import './phone-frame.css'
import type { ReactNode } from 'react'
import { BellMark, Icon } from './icon.tsx'

interface PhoneFrameProps {
  /** Names the drawing for screen readers. */
  label: string
  time: string
  date: string
  children: ReactNode
}

/** A drawn phone at its lock screen, dark whatever the page is. What it shows can be operated like on a real one. */
export function PhoneFrame({ label, time, date, children }: PhoneFrameProps) {
  return (
    <section className="phone-frame" data-theme="dark" aria-label={label}>
      <div className="phone-screen">
        <div className="phone-bar" aria-hidden="true">
          <span>{time}</span>
          <span className="line">
            <Icon name="graph" size={12} />
            <Icon name="bolt" size={12} />
          </span>
        </div>
        <div className="phone-lock">
          <p className="phone-time">{time}</p>
          <p className="phone-date">{date}</p>
        </div>
        {/* Scrolls, so the keyboard must be able to reach it. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus */}
        <div className="phone-notices" aria-live="polite" role="log" tabIndex={0} aria-label={label}>
          {children}
        </div>
        <div className="phone-home" aria-hidden="true" />
      </div>
    </section>
  )
}

interface PhoneNoticeProps {
  from: string
  when: string
  /** Seen before: it steps back. */
  old?: boolean
  title?: ReactNode
  buttons?: ReactNode
  children: ReactNode
}

export function PhoneNotice({ from, when, old = false, title, buttons, children }: PhoneNoticeProps) {
  return (
    <article className={old ? 'phone-notice phone-notice-old' : 'phone-notice'}>
      <p className="line phone-notice-head">
        <BellMark size={16} />
        <span className="grow">{from}</span>
        <span>{when}</span>
      </p>
      {title && <p className="line phone-notice-title">{title}</p>}
      <p className="phone-notice-text">{children}</p>
      {buttons && <div className="phone-notice-buttons">{buttons}</div>}
    </article>
  )
}
