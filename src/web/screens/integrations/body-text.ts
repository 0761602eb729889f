/** Sets JSON in lines of its own without touching a value: numbers and escapes stay as they were sent. Other text stays as it is. */
export function setInLines(text: string): string {
  if (faultLine(text) !== undefined) return text
  let out = ''
  let depth = 0
  const line = () => `\n${'  '.repeat(depth)}`
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === '{' || token === '[') {
      depth += 1
      out += token + line()
    } else if (token === '}' || token === ']') {
      depth -= 1
      const opening = token === '}' ? '{' : '['
      const bare = out.trimEnd()
      out = bare.endsWith(opening) ? bare + token : out + line() + token
    } else if (token === ',') out += token + line()
    else if (token === ':') out += ': '
    else out += token
  }
  return out
}

/** The line in which a text stops being JSON; undefined when all of it is. */
export function faultLine(text: string): number | undefined {
  const end = text.length
  let at = 0
  const space = () => {
    while (at < end && ' \t\n\r'.includes(text[at]!)) at += 1
  }
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) return false
    at += found[0].length
    return true
  }
  const list = (close: string, one: () => boolean): boolean => {
    at += 1
    space()
    if (text[at] === close) return step()
    for (;;) {
      space()
      if (!one()) return false
      space()
      if (text[at] === close) return step()
      if (text[at] !== ',') return false
      at += 1
    }
  }
  const step = () => {
    at += 1
    return true
  }
  const pair = () => {
    if (!match(STRING)) return false
    space()
    return text[at] === ':' && step() && value()
  }
  const value = (): boolean => {
    space()
    if (text[at] === '{') return list('}', pair)
    if (text[at] === '[') return list(']', value)
    return match(STRING) || match(PLAIN)
  }
  try {
    const whole = value()
    space()
    if (whole && at === end) return undefined
  } catch {
    // Nested deeper than anybody writes by hand.
    return undefined
  }
  return text.slice(0, at).split('\n').length
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
