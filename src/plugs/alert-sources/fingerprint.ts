/**
 * The 16 hexadecimal digits by which Prometheus and Alertmanager name a label set (FNV-1a, 64 bits, names in byte order).
 * For showing and for Alertmanager's API only: 64 bits collide too easily to be an alert's identity.
 */
export function fingerprintOf(labels: Record<string, string>): string {
  const names = Object.keys(labels).map((name) => Buffer.from(name))
  let state: State = { high: 0xcbf29ce4, low: 0x84222325 }
  for (const name of names.sort(Buffer.compare)) {
    state = withByte(withBytes(state, name), SEPARATOR)
    state = withByte(withBytes(state, Buffer.from(labels[name.toString()]!)), SEPARATOR)
  }
  return state.high.toString(16).padStart(8, '0') + state.low.toString(16).padStart(8, '0')
}

/** Both halves of a 64-bit number: JavaScript's own numbers are exact to 53 bits, and BigInt is twenty times slower. */
interface State {
  high: number
  low: number
}

const SEPARATOR = 0xff
/** The prime is 2^40 + 0x1b3: multiplying by its upper part is a shift of the low half into the high one. */
const PRIME_LOW = 0x1b3

function withBytes(state: State, bytes: Buffer): State {
  return bytes.reduce(withByte, state)
}

function withByte({ high, low }: State, byte: number): State {
  const product = ((low ^ byte) >>> 0) * PRIME_LOW
  const carry = Math.floor(product / 2 ** 32)
  return { high: (high * PRIME_LOW + carry + (((low ^ byte) << 8) >>> 0)) % 2 ** 32, low: product >>> 0 }
}
