import { expect, test } from 'vitest'
import { LANGUAGES } from '../../kernel/language.ts'
import { commandSentences } from './command-words.ts'
import type { CommandEvent, DataOf, EntryEvent, PeopleEvent } from './events.ts'
import { lineOf } from './words.ts'

const called = (name: string) => ({ raj: 'Raj Iyer', li: 'Li Wei' })[name] ?? name
const at = Date.parse('2026-11-21T03:18:00Z')
const role = { role: 'communications-lead', person: 'li' }
const task = { task: 'tsk_1', text: 'check p99' }

type Type = (CommandEvent | PeopleEvent | EntryEvent)['type']

/** One of each as Raj does it, and how it is said. */
const samples: { [T in Type]: [data: DataOf<T>, english: string, german: string] } = {
  'incident.declared': [
    { level: 'SEV1', scheme: 'sev1-sev4-sre', version: 0 },
    'Raj Iyer declared it SEV1',
    'Raj Iyer hat ihn als SEV1 ausgerufen',
  ],
  'severity.proposed': [
    { level: 'SEV2', because: { fact: 'extent' }, adjusted: [], missing: [] },
    'The facts propose SEV2: extent',
    'Die Fakten sprechen für SEV2: extent',
  ],
  'incident.status-changed': [
    { from: 'investigating', to: 'identified', cause: 'gw 2.14' },
    'Raj Iyer set it to identified. Cause: gw 2.14',
    'Raj Iyer hat ihn auf Ursache bekannt gesetzt. Ursache: gw 2.14',
  ],
  'incident.closed': [{}, 'Raj Iyer closed it', 'Raj Iyer hat ihn geschlossen'],
  'incident.cancelled': [{ reason: 'false alarm' }, 'Raj Iyer cancelled it. false alarm', 'Raj Iyer hat ihn abgebrochen. false alarm'],
  'incident.reopened': [{ reason: 'back' }, 'Raj Iyer reopened it. back', 'Raj Iyer hat ihn wieder geöffnet. back'],
  'incident.merged': [{ into: 'INC-2' }, 'Raj Iyer merged it into INC-2', 'Raj Iyer hat ihn mit INC-2 zusammengelegt'],
  'incident.absorbed': [
    { incident: 'INC-3', alerts: 1 },
    'Raj Iyer merged INC-3 into this one. One alert came with it.',
    'Raj Iyer hat INC-3 hierher gelegt. Damit kam ein Alert.',
  ],
  'incident.unmerged': [
    { from: 'INC-2', status: 'detected', held: false },
    'Raj Iyer took it out of INC-2 again',
    'Raj Iyer hat ihn wieder aus INC-2 gelöst',
  ],
  'incident.sub-added': [
    { incident: 'INC-4', title: 'Cache cold' },
    'Raj Iyer opened INC-4 under it. Cache cold',
    'Raj Iyer hat INC-4 darunter eröffnet. Cache cold',
  ],
  'incident.moment-set': [
    { name: 'impactStarted', at, was: null, reason: 'graph' },
    'Raj Iyer set “impact began” to 03:18 UTC. graph',
    'Raj Iyer hat „Beginn der Auswirkung“ auf 03:18 UTC gesetzt. graph',
  ],
  'incident.changed': [{ field: 'impact', was: null, is: { users: 3 } }, 'Raj Iyer changed its impact', 'Raj Iyer hat impact geändert'],
  'incident.visibility-changed': [{ to: 'private' }, 'Raj Iyer made it private', 'Raj Iyer hat ihn vertraulich gemacht'],
  'incident.member-added': [{ who: 'li', by: 'page' }, 'Li Wei may see it: was paged', 'Li Wei darf ihn sehen: wurde alarmiert'],
  'incident.member-removed': [{ who: 'li' }, 'Raj Iyer took Li Wei off those who may see it', 'Raj Iyer lässt Li Wei ihn nicht mehr sehen'],
  'incident.linked': [
    { link: 'https://example.org/t/1', kind: 'url' },
    'Raj Iyer linked https://example.org/t/1',
    'Raj Iyer hat https://example.org/t/1 verlinkt',
  ],
  'check.changed': [
    { list: 'resolution', item: 'latency-normal', state: 'met', evidence: 'looked' },
    'Raj Iyer: Checked: latency is normal. looked',
    'Raj Iyer: Geprüft: die Antwortzeiten sind normal. looked',
  ],
  'resolve.overridden': [
    { reason: 'quiet', items: ['window-over'] },
    'Raj Iyer resolved it although not all was checked: the monitoring window is over. quiet',
    'Raj Iyer hat ihn gelöst, obwohl nicht alles geprüft war: die Beobachtungszeit ist um. quiet',
  ],
  'reminder.sent': [
    { rule: 'role-empty', subject: 'scribe', dueAt: at, channel: 'room' },
    'Reminded: a role is empty (scribe)',
    'Erinnert: eine Rolle ist leer (Protokoll)',
  ],
  'reminder.snoozed': [
    { rule: 'quiet', subject: '', until: at },
    'Raj Iyer put off: nobody has written anything for a while',
    'Raj Iyer hat verschoben: seit einer Weile hat niemand etwas geschrieben',
  ],
  'reminder.stopped': [
    { rule: 'declare', subject: '', reason: 'small' },
    'Raj Iyer: Not needed: should it be declared?. small',
    'Raj Iyer: Nicht nötig: soll er ausgerufen werden?. small',
  ],
  'update.posted': [
    { id: 'upd_1', moment: 'update', version: 1, audiences: ['internal'], texts: { internal: 'Rolling back' }, nextBy: at },
    'Raj Iyer posted an update (internal): “Rolling back”',
    'Raj Iyer hat einen Stand mitgeteilt (internal): “Rolling back”',
  ],
  'room.step': [{ step: 'bridge', state: 'done' }, 'bridge: done', 'bridge: done'],
  'role.taken': [{ ...role, person: 'raj' }, 'Raj Iyer is communications lead', 'Raj Iyer ist Kommunikation'],
  'role.assigned': [role, 'Raj Iyer made Li Wei communications lead', 'Raj Iyer hat Li Wei zu Kommunikation gemacht'],
  'role.offered': [
    { ...role, brief: 'API down' },
    'Raj Iyer offers Li Wei to be communications lead',
    'Raj Iyer bietet Li Wei an: Kommunikation',
  ],
  'role.accepted': [
    { ...role, from: 'li' },
    'Raj Iyer is communications lead, taking over from Li Wei',
    'Raj Iyer ist Kommunikation, übernommen von Li Wei',
  ],
  'role.declined': [
    { ...role, reason: 'asleep' },
    'Raj Iyer declined to be communications lead. asleep',
    'Raj Iyer hat abgelehnt: Kommunikation. asleep',
  ],
  'role.lapsed': [role, 'The offer to Li Wei to be communications lead lapsed', 'Das Angebot an Li Wei (Kommunikation) ist abgelaufen'],
  'role.left': [role, 'Raj Iyer: Li Wei is no longer communications lead', 'Raj Iyer: Li Wei ist nicht mehr Kommunikation'],
  'responder.paged': [
    { responder: 'rsp_1', target: 'li', message: 'database' },
    'Raj Iyer asks Li Wei to come. database',
    'Raj Iyer bittet Li Wei dazu. database',
  ],
  'responder.joined': [{ responder: 'rsp_1', person: 'li' }, 'Li Wei came', 'Li Wei ist dazugekommen'],
  'responder.left': [{ responder: 'rsp_1', target: 'li' }, 'Raj Iyer: Li Wei was released', 'Raj Iyer: Li Wei wurde entlassen'],
  'task.added': [
    { ...task, person: 'li' },
    'Raj Iyer gave Li Wei a task: “check p99”',
    'Raj Iyer hat Li Wei eine Aufgabe gegeben: “check p99”',
  ],
  'task.changed': [task, 'Raj Iyer changed a task: “check p99”', 'Raj Iyer hat eine Aufgabe geändert: “check p99”'],
  'task.done': [task, 'Raj Iyer did a task: “check p99”', 'Raj Iyer hat eine Aufgabe erledigt: “check p99”'],
  'task.dropped': [
    { ...task, reason: 'moot' },
    'Raj Iyer dropped a task: “check p99”',
    'Raj Iyer hat eine Aufgabe fallen lassen: “check p99”',
  ],
  'follow-up.added': [task, 'Raj Iyer noted a follow-up: “check p99”', 'Raj Iyer hat eine Nacharbeit notiert: “check p99”'],
  'follow-up.changed': [task, 'Raj Iyer changed a follow-up: “check p99”', 'Raj Iyer hat eine Nacharbeit geändert: “check p99”'],
  'poll.opened': [
    { poll: 'pol_1', text: 'Roll back?', until: at },
    'Raj Iyer asks whether anybody objects: “Roll back?”',
    'Raj Iyer fragt, ob jemand widerspricht: “Roll back?”',
  ],
  'poll.objected': [{ poll: 'pol_1', text: 'Roll back?', objection: 'data' }, 'Raj Iyer objects: “data”', 'Raj Iyer widerspricht: “data”'],
  'poll.decided': [
    { poll: 'pol_1', text: 'Roll back', objections: 0 },
    'Decided: nobody objected: “Roll back”',
    'Entschieden: niemand widersprach: “Roll back”',
  ],
  'entry.edited': [{ of: 4, text: 'red' }, 'Raj Iyer edited entry 4: “red”', 'Raj Iyer hat Eintrag 4 bearbeitet: “red”'],
  'entry.deleted': [{ of: 4, reason: 'wrong' }, 'Raj Iyer deleted entry 4. wrong', 'Raj Iyer hat Eintrag 4 gelöscht. wrong'],
  'entry.redacted': [
    { of: 4, reason: 'a password' },
    'Raj Iyer redacted entry 4. a password',
    'Raj Iyer hat Eintrag 4 geschwärzt. a password',
  ],
  'imported.noted': [
    { source: 'table', ref: '1', text: 'Deployed' },
    'Raj Iyer: Imported, table: “Deployed”',
    'Raj Iyer: Importiert, table: “Deployed”',
  ],
  'attachment.added': [
    { attachment: 'att_1', name: 'graph.png', bytes: 40_200, sha256: '0' },
    'Raj Iyer attached graph.png. 41 kB',
    'Raj Iyer hat angehängt: graph.png. 41 kB',
  ],
  'chat.captured': [
    { room: 'C1', ts: '1', who: 'li', text: 'it is DNS' },
    'Raj Iyer: Kept from the room, li: “it is DNS”',
    'Raj Iyer: Aus dem Raum, li: “it is DNS”',
  ],
}

test.each(Object.keys(commandSentences) as Type[])('%s is said as a line, in English and German', (type) => {
  const [data, english, german] = samples[type]
  expect(LANGUAGES.map((language) => lineOf({ type, data, actor: 'person:raj' }, { language, called }))).toEqual([english, german])
})
