import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../kernel/time.ts'
import type { PauseReason } from './pause-reasons.ts'
import { type Found, type Known, strangeness, type Whereabouts } from './whereabouts.ts'

const NOW = Date.parse('2026-11-20T03:11:00Z')
const server: Whereabouts = { systemIdentifier: '1', timeline: 1, database: 16384, clusterFolder: '/var/lib/pg', files: null }
const mark = (inode: string, born: string | null = 'then') => ({ inode, born })
const folder: Whereabouts = { ...server, files: [mark('7'), mark('8'), mark('9')] }
const mine = { installation: 'ours', writtenAt: NOW }

const cases: [what: string, was: Whereabouts | null, found: Partial<Found>, because: PauseReason | null][] = [
  ['a first start', null, {}, null],
  ['a restart, a reboot', server, {}, null],
  ['a node without memory: a container made anew', server, { memory: null }, null],
  ['the cluster’s folder cannot be read any more', server, { whereabouts: { ...server, clusterFolder: null } }, null],
  [
    'a standby promoted, with the last seconds lost',
    server,
    { whereabouts: { ...server, timeline: 2, clusterFolder: '/srv/b' }, memory: { ...mine, writtenAt: NOW + MINUTE } },
    null,
  ],
  ['pg_upgrade', server, { whereabouts: { ...server, systemIdentifier: '2', clusterFolder: '/srv/16' } }, null],
  ['a dump restored elsewhere', server, { whereabouts: { ...server, systemIdentifier: '2' }, isOurRow: false }, 'dump'],
  ['a dump restored in place', server, { isOurRow: false }, 'dump'],
  ['create database … template', server, { whereabouts: { ...server, database: 16999 } }, 'database-copied'],
  ['the cluster copied or moved to another folder', server, { whereabouts: { ...server, clusterFolder: '/srv/copy' } }, 'cluster-moved'],
  [
    'a backup recovered to a moment an hour ago',
    server,
    { whereabouts: { ...server, timeline: 2 }, memory: { ...mine, writtenAt: NOW + HOUR } },
    'older',
  ],
  ['a node that served another installation before', server, { memory: { installation: 'theirs', writtenAt: NOW + HOUR } }, null],
  [
    'embedded: a restart, a reboot, a container made anew, a folder renamed',
    folder,
    { whereabouts: { ...folder, clusterFolder: '/elsewhere/pg' } },
    null,
  ],
  ['embedded: where births are not told', folder, { whereabouts: { ...folder, files: [mark('7', null), mark('8'), mark('9')] } }, null],
  ['embedded: cp -a', folder, { whereabouts: { ...folder, files: [mark('17'), mark('18'), mark('19')] } }, 'folder-copied'],
  [
    'embedded: a copy that got the numbers of an original that is gone',
    folder,
    { whereabouts: { ...folder, files: [mark('7', 'now'), mark('8', 'now'), mark('9', 'now')] } },
    'folder-copied',
  ],
  [
    'embedded: a backup written over the original',
    folder,
    { whereabouts: { ...folder, files: [mark('17'), mark('8'), mark('9')] } },
    'folder-copied',
  ],
]

test.each(cases)('%s', (_, seen, found, because) => {
  const known: Known = { ...mine, seen }
  expect(strangeness(known, { whereabouts: seen ?? server, isOurRow: true, memory: mine, ...found })).toBe(because)
})
