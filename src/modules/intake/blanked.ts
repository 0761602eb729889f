/** The key of a body that is not JSON as a whole: its sender is known all the same, and what came is shown. */
export function keyIn(body: Buffer): string | undefined {
  return /(?:routing|service)_key(?:"\s*:\s*"|=)([A-Za-z0-9._~-]{20,128})/.exec(body.toString('latin1'))?.[1]
}

/** A key inside a body is never stored: wherever it stands, all but its first characters become stars. */
export function blanked(body: Buffer, key: string): { body: Buffer; times: number } {
  const copy = Buffer.from(body)
  const needle = Buffer.from(key)
  let times = 0
  for (let at = copy.indexOf(needle); at >= 0; at = copy.indexOf(needle, at + needle.length), times++)
    copy.fill(0x2a, at + 6, at + needle.length)
  return copy.includes('\\u00') ? blankedEscapes(copy, key, times) : { body: copy, times }
}

/**
 * JSON lets any letter be written as an escape, and so a key as well. Read once from left to right, whatever the body is:
 * what is no JSON may say anything, and a sender must not be able to hold up the others with it.
 */
function blankedEscapes(body: Buffer, key: string, found: number): { body: Buffer; times: number } {
  const written = body.toString('utf8')
  const { said, from } = unescaped(written)
  let text = ''
  let done = 0
  let times = found
  for (let at = said.indexOf(key); at >= 0; at = said.indexOf(key, at + key.length), times++) {
    text += `${written.slice(done, from[at])}${key.slice(0, 6).padEnd(key.length, '*')}`
    done = from[at + key.length]!
  }
  return times === found ? { body, times } : { body: Buffer.from(text + written.slice(done)), times }
}

/** What a text says with its escapes resolved, as far as they can be part of a key, and where each character of it was written. */
function unescaped(written: string): { said: string; from: Uint32Array } {
  const parts: string[] = []
  const from = new Uint32Array(written.length + 1)
  let length = 0
  const say = (text: string, at: number) => {
    for (let i = 0; i < text.length; i++) from[length++] = at + i
    parts.push(text)
  }
  let done = 0
  for (let at = written.indexOf('\\'); at >= 0; at = written.indexOf('\\', done)) {
    say(written.slice(done, at), done)
    const code = written.startsWith('u00', at + 1) ? Number.parseInt(written.slice(at + 4, at + 6), 16) : Number.NaN
    // Of other escapes none stands for a letter of a key.
    say(Number.isNaN(code) ? '\0' : String.fromCharCode(code), at)
    done = Math.min(at + (Number.isNaN(code) ? 2 : 6), written.length)
  }
  say(written.slice(done), done)
  from[length] = written.length
  return { said: parts.join(''), from }
}
