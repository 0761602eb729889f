/** Runs in a page: how each kind of thing in it is drawn, by where it stands. Sizes go by what is in them and are left out. */
export const STYLES_OF_PAGE = `(() => {
  const named = (one) => one.localName + (typeof one.className === 'string' && one.className ? '.' + one.className.trim().split(/\\s+/).join('.') : '')
  const drawn = ['display', 'fontSize', 'fontWeight', 'lineHeight', 'color', 'backgroundColor', 'borderTopWidth', 'borderTopColor', 'borderTopLeftRadius', 'paddingTop', 'paddingLeft', 'rowGap', 'columnGap', 'textAlign', 'appearance', 'boxShadow']
  const styles = {}
  for (const one of document.querySelectorAll('body *')) {
    const style = getComputedStyle(one)
    const place = [one.parentElement?.parentElement, one.parentElement, one].filter(Boolean).map(named).join(' > ')
    ;(styles[place] ??= new Set()).add(drawn.map((name) => name + ' ' + style[name]).join('; '))
  }
  return Object.fromEntries(Object.entries(styles).map(([place, values]) => [place, [...values].sort()]))
})()`

/**
 * Runs in a page and names what a designer would send back: what makes it scroll sideways, text in a column too narrow
 * to read, text that is cut off without a sign of it, things drawn over each other, and a main act below the first screen.
 */
export const FAULTS_OF_LAYOUT = `(() => {
  const faults = []
  const named = (one) => one.localName + (typeof one.className === 'string' && one.className ? '.' + one.className.trim().split(/\\s+/).join('.') : '')
  const placeOf = (one) => [one.parentElement?.parentElement, one.parentElement, one].filter(Boolean).map(named).join(' > ')
  for (const one of [document.documentElement, document.body, ...document.querySelectorAll('main')])
    if (one.scrollWidth > Math.min(one.clientWidth, innerWidth)) {
      const right = one.getBoundingClientRect().left + one.scrollWidth - one.scrollLeft
      const widest = [...one.querySelectorAll('*')].findLast((inner) => Math.abs(inner.getBoundingClientRect().right - right) < 2)
      faults.push(named(one) + ' is ' + one.scrollWidth + ' px wide, by ' + (widest ? placeOf(widest) : 'itself'))
    }

  const isForEars = (one) => { for (let around = one; around; around = around.parentElement) if (getComputedStyle(around).clipPath === 'inset(50%)') return true }
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest('.skip-link, .code-copy, svg, [inert]') && !isForEars(one)
  /** The part of a box that its surroundings let be seen, and the first of them that cuts it. */
  const seenPart = (rect, from) => {
    let { left, top, right, bottom } = rect
    let cutBy
    for (let around = from; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around)
      if (style.position === 'fixed') break
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue
      const edge = around.getBoundingClientRect()
      if ((right > edge.right + 2 || left < edge.left - 2) && !cutBy) cutBy = around
      left = Math.max(left, edge.left); right = Math.min(right, edge.right)
      top = Math.max(top, edge.top); bottom = Math.min(bottom, edge.bottom)
    }
    return { left, top, right, bottom, cutBy }
  }
  const layerOf = (one) => {
    for (let around = one; around; around = around.parentElement)
      if (['fixed', 'sticky'].includes(getComputedStyle(around).position) || around.localName === 'dialog') return around
  }
  const pieces = []
  const open = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body
  const walker = document.createTreeWalker(open, NodeFilter.SHOW_TEXT)
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const owner = text.parentElement
    const words = text.data.trim()
    if (words === '' || ['SCRIPT', 'STYLE', 'OPTION', 'TEXTAREA'].includes(owner.tagName) || !isSeen(owner)) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    // Words of two scripts are several boxes in one line.
    const lines = []
    for (const box of range.getClientRects()) {
      const line = lines.find(({ top }) => Math.abs(top - box.top) < 5)
      if (box.width <= 1) continue
      if (line) { line.left = Math.min(line.left, box.left); line.right = Math.max(line.right, box.right); line.bottom = Math.max(line.bottom, box.bottom) }
      else lines.push({ left: box.left, top: box.top, right: box.right, bottom: box.bottom })
    }
    if (lines.length === 0) continue
    const isWide = /[\\u3000-\\u9fff]/.test(words)
    if (lines.length > 2 && words.length / lines.length < (isWide ? 3 : 5)) faults.push('“' + words.slice(0, 20) + '” stands ' + Math.round(words.length / lines.length) + ' letters wide in ' + placeOf(owner))
    for (const line of lines) {
      const part = seenPart(line, owner)
      const style = part.cutBy && getComputedStyle(part.cutBy)
      if (part.cutBy && part.right - part.left < Math.min(line.right - line.left - 2, 28) && !/auto|scroll/.test(style.overflowX))
        faults.push('“' + words.slice(0, 20) + '” is cut to ' + Math.max(0, Math.round(part.right - part.left)) + ' px in ' + placeOf(owner))
      else if (part.cutBy && !/auto|scroll/.test(style.overflowX) && style.textOverflow !== 'ellipsis' && !owner.closest('[data-runs-on]'))
        faults.push('“' + words.slice(0, 20) + '” is cut off by ' + named(part.cutBy) + ' in ' + placeOf(owner))
      if (part.right - part.left > 2 && part.bottom - part.top > 2) pieces.push({ ...part, what: '“' + words.slice(0, 20) + '”', owner })
    }
  }
  for (const control of open.querySelectorAll('button, input, select, textarea, .chip, .status-pill, .severity-chip, .avatar')) {
    if (!isSeen(control)) continue
    const { left, top, right, bottom } = control.getBoundingClientRect()
    const style = getComputedStyle(control)
    const isField = ['INPUT', 'SELECT', 'TEXTAREA'].includes(control.tagName)
    // Marks and small buttons stand in the padding that a field keeps free for them.
    const inner = isField ? { left: left + parseFloat(style.paddingLeft), top, right: right - parseFloat(style.paddingRight), bottom } : { left, top, right, bottom }
    const part = seenPart(inner, control.parentElement)
    if (part.right - part.left > 2 && part.bottom - part.top > 2) pieces.push({ ...part, what: named(control), owner: control })
  }
  const within = (a, b) => a.owner === b.owner || a.owner.contains(b.owner) || b.owner.contains(a.owner)
  for (const piece of pieces) piece.layer = layerOf(piece.owner)
  pieces.sort((a, b) => a.top - b.top)
  const said = new Set()
  for (let i = 0; i < pieces.length; i++)
    for (let j = i + 1; j < pieces.length && pieces[j].top < pieces[i].bottom - 4; j++) {
      const [a, b] = [pieces[i], pieces[j]]
      if (a.layer !== b.layer || within(a, b)) continue
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      const place = placeOf(a.owner) + ' and ' + placeOf(b.owner)
      if (wide > 3 && high > 4 && !said.has(place)) { said.add(place); faults.push(a.what + ' and ' + b.what + ' overlap by ' + Math.round(wide) + ' × ' + Math.round(high) + ' in ' + place) }
    }

  const primary = [...open.querySelectorAll(open === document.body ? 'main .button-primary' : '.button-primary')].find(isSeen)
  const bar = document.querySelector('.bottom-bar')
  const foot = open === document.body && bar && isSeen(bar) ? bar.getBoundingClientRect().top : innerHeight
  if (primary) {
    const { top, bottom, right } = primary.getBoundingClientRect()
    if (top < 0 || bottom > foot + 1 || right > innerWidth + 1) faults.push(primary.textContent + ' ends at ' + Math.round(bottom) + ' px, ' + Math.round(right) + ' px from the left, and the first screen at ' + Math.round(foot))
  }
  return faults
})()`
