import { isIP } from 'node:net'

/** Says which addresses a user's web address may lead to. */
export interface Guard {
  /** The network that keeps us from connecting to this address; undefined when we may. */
  blocks(address: string): BlockedNetwork | undefined
}

export interface BlockedNetwork {
  /** Completes "… is " and "… leads to ": "a private address". */
  what: string
  cidr: string
}

/** Throws, naming the setting and the mend, when `allow` holds something that is not a network. */
export function createGuard(allow: string[]): Guard {
  const allowed = allow.map(parseAllowed)

  function blocks(address: string): BlockedNetwork | undefined {
    const bytes = bytesOf(address)
    if (!bytes) return UNREADABLE
    const v4 = mappedV4(bytes)
    if (allowed.some((network) => contains(network, v4 ?? bytes))) return undefined
    return v4 ? blockedV4(v4) : blockedV6(bytes)
  }

  return { blocks }
}

interface Network {
  bytes: Uint8Array
  bits: number
}

interface NamedNetwork extends Network, BlockedNetwork {}

/** Everything in the IANA special-purpose registry that is not globally reachable, and the clouds' metadata services. */
const BLOCKED_V4 = [
  named('0.0.0.0/8', 'an unspecified address'),
  named('10.0.0.0/8', 'a private address'),
  named('100.64.0.0/10', "an address in a carrier's shared network"),
  named('127.0.0.0/8', 'a loopback address'),
  named('168.63.129.16/32', "the address of Azure's metadata service"),
  named('169.254.0.0/16', 'a link-local address, where clouds keep their metadata'),
  named('172.16.0.0/12', 'a private address'),
  named('192.0.0.0/24', 'a reserved address'),
  named('192.0.2.0/24', 'an address reserved for documentation'),
  named('192.88.99.0/24', 'a reserved address'),
  named('192.168.0.0/16', 'a private address'),
  named('198.18.0.0/15', 'an address reserved for benchmarks'),
  named('198.51.100.0/24', 'an address reserved for documentation'),
  named('203.0.113.0/24', 'an address reserved for documentation'),
  named('224.0.0.0/4', 'a multicast address'),
  named('240.0.0.0/4', 'a reserved address'),
]

const GLOBAL_V6 = named('2000::/3', 'global unicast')
const NAT64 = named('64:ff9b::/96', 'NAT64')
const V4_MAPPED = named('::ffff:0:0/96', 'IPv4-mapped')

const BLOCKED_V6 = [
  named('::/128', 'an unspecified address'),
  named('::1/128', 'a loopback address'),
  named('fc00::/7', 'a private address'),
  named('fe80::/10', 'a link-local address'),
  named('ff00::/8', 'a multicast address'),
  named('2001::/23', 'a reserved address'),
  named('2001:db8::/32', 'an address reserved for documentation'),
  named('2002::/16', 'a reserved address (6to4)'),
  named('3fff::/20', 'an address reserved for documentation'),
  // Last, and outside 2000::/3 only: whatever is not handed out to the public internet yet.
  named('::/0', 'a reserved address'),
]

const UNREADABLE: BlockedNetwork = { what: 'not an IP address', cidr: 'none' }

function blockedV4(bytes: Uint8Array): BlockedNetwork | undefined {
  return BLOCKED_V4.find((network) => contains(network, bytes))
}

function blockedV6(bytes: Uint8Array): BlockedNetwork | undefined {
  // A NAT64 gateway turns these into IPv4: on IPv6-only sites every public host is reached through it, so the inner address counts.
  if (contains(NAT64, bytes)) return blockedV4(bytes.subarray(12))
  const block = BLOCKED_V6.find((network) => contains(network, bytes))
  return block?.cidr === '::/0' && contains(GLOBAL_V6, bytes) ? undefined : block
}

/** `::ffff:127.0.0.1` reaches the same host as 127.0.0.1, so it is judged as that. */
function mappedV4(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length === 4) return bytes
  return contains(V4_MAPPED, bytes) ? bytes.subarray(12) : undefined
}

function contains(network: Network, bytes: Uint8Array): boolean {
  if (network.bytes.length !== bytes.length) return false
  const whole = network.bits >> 3
  for (let i = 0; i < whole; i++) if (network.bytes[i] !== bytes[i]) return false
  const rest = network.bits & 7
  return rest === 0 || (network.bytes[whole]! ^ bytes[whole]!) >> (8 - rest) === 0
}

function parseAllowed(text: string): Network {
  const [address = '', length, ...more] = text.trim().split('/')
  const bytes = bytesOf(address)
  const bits = length === undefined ? (bytes?.length ?? 0) * 8 : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
  if (!bytes || more.length > 0 || !(bits >= 0 && bits <= bytes.length * 8)) {
    throw new Error(`TOCSIN_EGRESS_ALLOW: "${text}" is not a network; write networks like 10.0.0.0/8 or fd00::/8, separated by commas`)
  }
  return { bytes, bits }
}

function named(cidr: string, what: string): NamedNetwork {
  return { ...parseAllowed(cidr), cidr, what }
}

/** 4 or 16 bytes; undefined for anything that is not a plain address (names, scoped addresses, other spellings). */
function bytesOf(address: string): Uint8Array | undefined {
  const family = isIP(address)
  if (family === 4) return Uint8Array.from(address.split('.'), Number)
  if (family !== 6 || address.includes('%')) return undefined
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const before = head ? head.split(':') : []
  const after = tail ? tail.split(':') : []
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
  return Uint8Array.from(groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]))
}
