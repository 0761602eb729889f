import { type ComponentProps, createContext, type MouseEvent, useContext } from 'react'

/** How a click on an inner link is followed; main gives the router's way, without one the browser loads the page. */
export const FollowLink = createContext<(href: string) => void>((href) => window.location.assign(href))

type LinkProps = ComponentProps<'a'> & { href: string }

/** A plain anchor that stays in the application, so that parts know no router and a middle click still opens a tab. */
export function Link({ href, onClick, ...rest }: LinkProps) {
  const follow = useContext(FollowLink)
  const followInside = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (event.defaultPrevented || !isPlainClick(event) || !isInside(href)) return
    event.preventDefault()
    follow(href)
  }
  return <a href={href} onClick={followInside} {...rest} />
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
}

function isInside(href: string): boolean {
  return href.startsWith('/') && !href.startsWith('//')
}
