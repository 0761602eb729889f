import { describe, expect, test } from 'vitest'
import { createGuard } from './networks.ts'

const nothingAllowed = createGuard([])

describe('an address that is not on the public internet is blocked', () => {
  test.each([
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['10.0.0.1', 'private'],
    ['10.255.255.255', 'private'],
    ['100.64.0.1', 'carrier'],
    ['100.100.100.200', 'carrier'],
    ['100.127.255.255', 'carrier'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['168.63.129.16', 'Azure'],
    ['169.254.169.254', 'link-local'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.0.192', 'reserved'],
    ['192.0.2.1', 'documentation'],
    ['192.168.1.1', 'private'],
    ['198.19.255.255', 'benchmarks'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::7f00:1', 'reserved'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:a9fe:a9fe', 'link-local'],
    ['::ffff:0:127.0.0.1', 'reserved'],
    ['64:ff9b::7f00:1', 'loopback'],
    ['64:ff9b::10.1.2.3', 'private'],
    ['64:ff9b:1::1', 'reserved'],
    ['100::1', 'reserved'],
    ['2001::1', 'reserved'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::', '6to4'],
    ['3fff::1', 'documentation'],
    ['4000::1', 'reserved'],
    ['fc00::1', 'private'],
    ['fd00:ec2::254', 'private'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'not an IP address'],
    ['fec0::1', 'reserved'],
    ['ff02::1', 'multicast'],
    ['example.org', 'not an IP address'],
    ['0177.0.0.1', 'not an IP address'],
  ])('%s: %s', (address, what) => {
    expect(nothingAllowed.blocks(address)?.what).toContain(what)
  })
})

test.each([
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '168.63.129.15',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
  '2000::1',
  '2001:200::1',
  '2606:4700:4700::1111',
  '3ffe::1',
])('%s is public', (address) => {
  expect(nothingAllowed.blocks(address)).toBeUndefined()
})

describe('networks in TOCSIN_EGRESS_ALLOW', () => {
  const guard = createGuard(['127.0.0.0/8', '10.1.2.3', 'fd00:1::/32'])

  test.each(['127.0.0.1', '127.9.9.9', '::ffff:127.0.0.1', '10.1.2.3', 'fd00:1::5'])('%s becomes reachable', (address) => {
    expect(guard.blocks(address)).toBeUndefined()
  })

  test.each(['10.1.2.4', '172.16.0.1', '::1', 'fd00:2::5', '169.254.169.254'])('%s stays blocked', (address) => {
    expect(guard.blocks(address)).toBeDefined()
  })

  test('a NAT64 address is not opened by the IPv4 network inside it, because it leads to the gateway’s own', () => {
    expect(guard.blocks('64:ff9b::7f00:1')).toBeDefined()
    expect(createGuard(['64:ff9b::/96']).blocks('64:ff9b::7f00:1')).toBeUndefined()
  })

  test.each(['10.0.0.0/33', '10.0.0/8', 'fd00::/129', 'localhost', '', '10.0.0.0/8/8', '10.0.0.0/', '10.0.0.0/x'])(
    '"%s" is refused by name',
    (text) => {
      expect(() => createGuard([text])).toThrow(/TOCSIN_EGRESS_ALLOW.*10\.0\.0\.0\/8/)
    },
  )
})
