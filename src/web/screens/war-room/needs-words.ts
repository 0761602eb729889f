import type { ReminderRule } from '../../../modules/command/reminders.ts'
import { inLanguage } from '../../language.ts'

/** How one is said: of what, and since when. Subjects are roles, audiences and tasks, in words. */
interface Said {
  title: (subject: string, who?: string) => string
  since: (at: string) => string
  act: string
}
type AllSaid = Record<ReminderRule, Said>

const english = {
  title: 'Needs a person',
  calm: 'Nothing waits for a person.',
  rules: {
    'nobody-has-it': { title: () => 'Nobody has it', since: (at) => `Since ${at}.`, act: 'Acknowledge' },
    'commander-empty': { title: (role) => `${role} is empty`, since: (at) => `Nobody commands since ${at}.`, act: 'Take it' },
    'role-empty': { title: (role) => `${role} is empty`, since: (at) => `Empty since ${at}.`, act: 'Take it' },
    offer: {
      title: (role, who) => (who === undefined ? `${role} is offered to you` : `${role} is offered, and ${who} has not answered`),
      since: (at) => `Offered at ${at}.`,
      act: 'Accept',
    },
    update: { title: (audience) => `${audience} is late`, since: (at) => `Promised for ${at}.`, act: 'Post update' },
    task: {
      title: (task, who) => (who === undefined ? `Late, and nobody’s: ${task}` : `${who} is late: ${task}`),
      since: (at) => `Due at ${at}.`,
      act: 'Done',
    },
    quiet: { title: () => 'Nobody has written anything for a while', since: (at) => `The last word was at ${at}.`, act: 'Write a note' },
    stuck: { title: () => 'No cause and no mitigation yet', since: (at) => `Declared at ${at}.`, act: 'Escalate' },
    mitigated: { title: () => 'Is it mitigated?', since: (at) => `Its alerts ended at ${at}.`, act: 'Set Mitigated' },
    resolve: { title: () => 'Is it over?', since: (at) => `Watched since ${at}.`, act: 'Resolve' },
    declare: { title: () => 'Declare it?', since: () => 'Somebody has had it for over 30 minutes.', act: 'Declare' },
    close: { title: () => 'Can it be closed?', since: (at) => `Resolved at ${at}.`, act: 'Close' },
  } as AllSaid,
  takeBack: 'Take it back',
  again: (left: string) => `Reminded again in ${left}.`,
  pages: (left: string) => `Somebody is paged for it in ${left}.`,
  paging: 'Somebody is being paged for it.',
  later: '10 min more',
  notYet: 'Not yet',
  notNeeded: (what: string) => `Not needed: ${what}`,
  putOff: 'Put off: reminded again in 10 min.',
  note: { title: 'What is happening?', label: 'Note', hint: 'It stands on the timeline for everybody.', keep: 'Back', act: 'Add note' },
}

const german: typeof english = {
  title: 'Braucht einen Menschen',
  calm: 'Nichts wartet auf einen Menschen.',
  rules: {
    'nobody-has-it': { title: () => 'Niemand hat ihn', since: (at) => `Seit ${at}.`, act: 'Quittieren' },
    'commander-empty': { title: (role) => `${role} ist unbesetzt`, since: (at) => `Niemand leitet seit ${at}.`, act: 'Übernehmen' },
    'role-empty': { title: (role) => `${role} ist unbesetzt`, since: (at) => `Unbesetzt seit ${at}.`, act: 'Übernehmen' },
    offer: {
      title: (role, who) => (who === undefined ? `${role} ist dir angeboten` : `${role} ist angeboten, und ${who} hat nicht geantwortet`),
      since: (at) => `Angeboten um ${at}.`,
      act: 'Annehmen',
    },
    update: { title: (audience) => `${audience} ist überfällig`, since: (at) => `Zugesagt für ${at}.`, act: 'Update schreiben' },
    task: {
      title: (task, who) => (who === undefined ? `Überfällig und ohne Person: ${task}` : `${who} ist überfällig: ${task}`),
      since: (at) => `Fällig um ${at}.`,
      act: 'Erledigt',
    },
    quiet: {
      title: () => 'Seit einer Weile hat niemand etwas geschrieben',
      since: (at) => `Das letzte Wort kam um ${at}.`,
      act: 'Notiz schreiben',
    },
    stuck: { title: () => 'Noch keine Ursache und keine Entschärfung', since: (at) => `Gemeldet um ${at}.`, act: 'Eskalieren' },
    mitigated: { title: () => 'Ist er entschärft?', since: (at) => `Seine Alerts endeten um ${at}.`, act: 'Als entschärft setzen' },
    resolve: { title: () => 'Ist er vorbei?', since: (at) => `Beobachtet seit ${at}.`, act: 'Lösen' },
    declare: { title: () => 'Soll er gemeldet werden?', since: () => 'Jemand hat ihn seit über 30 Minuten.', act: 'Melden' },
    close: { title: () => 'Kann er geschlossen werden?', since: (at) => `Gelöst um ${at}.`, act: 'Schließen' },
  },
  takeBack: 'Zurücknehmen',
  again: (left) => `Nächste Erinnerung in ${left}.`,
  pages: (left) => `In ${left} wird dafür jemand alarmiert.`,
  paging: 'Dafür wird gerade jemand alarmiert.',
  later: '10 min mehr',
  notYet: 'Noch nicht',
  notNeeded: (what) => `Nicht nötig: ${what}`,
  putOff: 'Aufgeschoben: nächste Erinnerung in 10 min.',
  note: { title: 'Was geschieht gerade?', label: 'Notiz', hint: 'Sie steht für alle im Verlauf.', keep: 'Zurück', act: 'Notiz hinzufügen' },
}

export const words = inLanguage(english, german)
