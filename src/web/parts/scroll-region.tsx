import type { ReactNode, Ref } from 'react'

/** What scrolls by itself can be reached and scrolled with the keyboard, and says what it holds. */
export function ScrollRegion({
  label,
  className,
  ref,
  children,
}: {
  label: string
  className?: string
  ref?: Ref<HTMLElement>
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard could not scroll here (WCAG 2.1.1)
    <section ref={ref} className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
