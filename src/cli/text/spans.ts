/** What a piece of text is, which decides its colour. Colour only repeats what the text says. */
export type Tone = 'sev1' | 'sev2' | 'sev3' | 'sev4' | 'sev5' | 'missing' | 'soon' | 'done' | 'you' | 'strong' | 'dim'

export type Span = string | { tone: Tone; text: string }
/** A cell or a line: pieces of text one after another. */
export type Text = Span | readonly Text[]

export function tone(kind: Tone, text: string): Span {
  return { tone: kind, text }
}

/** Sixteen ANSI names only, so that the reader's own palette decides the shade. Never a background. */
const CODES: Record<Tone, string> = {
  sev1: '1;35',
  sev2: '1;31',
  sev3: '33',
  sev4: '34',
  sev5: '',
  missing: '1;31',
  soon: '33',
  done: '32',
  you: '36',
  strong: '1',
  dim: '90',
}

export function render(text: Text, colour: boolean): string {
  return spansOf(text)
    .map((span) => {
      const clean = cleaned(typeof span === 'string' ? span : span.text)
      const code = typeof span === 'string' ? '' : CODES[span.tone]
      return colour && code !== '' && clean !== '' ? `\u001b[${code}m${clean}\u001b[0m` : clean
    })
    .join('')
}

export function plain(text: Text): string {
  return render(text, false)
}

export function spansOf(text: Text): Span[] {
  return isMany(text) ? text.flatMap(spansOf) : [text]
}

/** Titles and labels come from anywhere: what steers a terminal, or turns its writing direction, is shown and not obeyed. */
export function cleaned(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}

/** Pads with spaces to a width in columns. */
export function padded(text: Text, width: number, side: 'left' | 'right' = 'left'): Text {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)))
  return side === 'left' ? [text, space] : [space, text]
}

/** At most `width` columns, with an ellipsis where something was cut. */
export function cut(text: Text, width: number): Text {
  if (widthOf(text) <= width) return text
  const kept: Span[] = []
  let left = Math.max(0, width - 1)
  for (const span of spansOf(text)) {
    const whole = cleaned(typeof span === 'string' ? span : span.text)
    let part = ''
    for (const { segment } of segments.segment(whole)) {
      const wide = widthOfCharacter(segment)
      if (wide > left) {
        left = 0
        break
      }
      part += segment
      left -= wide
    }
    kept.push(typeof span === 'string' ? part : { tone: span.tone, text: part })
    if (left === 0) break
  }
  return [...kept, '…']
}

/** Lines of at most `width` columns, broken between words where that is possible. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of cleaned(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** How many columns of a terminal a text takes. */
export function widthOf(text: Text): number {
  const letters = plain(text)
  if (/^[\u0020-\u007e]*$/.test(letters)) return letters.length
  let width = 0
  for (const { segment } of segments.segment(letters)) width += widthOfCharacter(segment)
  return width
}

function widthOfCharacter(segment: string): number {
  if (/^\p{Mark}/u.test(segment)) return 0
  return /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(segment) ||
    /^\p{Emoji_Presentation}/u.test(segment)
    ? 2
    : 1
}

function isMany(text: Text): text is readonly Text[] {
  return Array.isArray(text)
}
