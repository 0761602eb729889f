import type { Language } from '../kernel/language.ts'

const en = {
  locale: 'en-GB',
  night: {
    document: (title: string, reader: string) => `${title} · page for ${reader}`,
    level: (level: number) => `level ${level}`,
    catchAll: 'catch-all',
    since: (when: string) => `Since ${when}.`,
    forReader: (reader: string) => `For ${reader}.`,
    opening: 'Opening this does not acknowledge.',
    openingChangesNothing: 'Opening this changes nothing.',
    ifYouWait: 'If you wait',
    escalation: 'Escalation',
    where: 'Where',
    incident: 'Incident',
    afterSigningIn: 'after signing in',
    alerts: 'Alerts',
    ended: 'ended',
    more: (count: number) => `${count} more in the incident.`,
    open: (open: number | string, total: number) => (open === total ? `${total} open` : `${open} of ${total} open`),
    acts: { acknowledge: 'Acknowledge', escalate: 'Escalate now', resolve: 'Resolve' },
    escalated: (when: string) => `Escalated ${when}`,
    done: {
      acknowledged: (by: string | null) => (by === null ? 'Acknowledged' : `Acknowledged by ${by}`),
      resolved: (by: string | null) => (by === null ? 'Resolved' : `Resolved by ${by}`),
      resolvedByAlerts: 'Resolved: its alerts ended',
    },
    runbook: 'Runbook',
    link: 'Link',
  },
  start: { notAcknowledged: 'Not acknowledged' },
  next: {
    people: (people: string[], you: boolean, when: string) => {
      const named = you ? ['You', ...people] : people
      const [first, second] = named
      if (named.length === 1) return you ? `You are paged again ${when}` : `${first} is paged ${when}`
      return named.length === 2 ? `${first} and ${second} are paged ${when}` : `${first} and ${named.length - 1} more are paged ${when}`
    },
    everyone: (when: string) => `Everyone with a contact is paged ${when}`,
    nobody: (when: string) => `Nobody is paged ${when}`,
    levelAfter: (why: string) => `${why}; the level after goes at once`,
    namesNobody: 'the level names nobody',
    again: (when: string) => `It pages again ${when}`,
    unlessResolved: (at: string) => `${at}, unless resolved`,
    nobodyElse: 'Nobody else is paged',
    noPolicy: 'it has no escalation policy',
    next: 'next',
    now: 'now',
    in: (left: string) => `in ${left}`,
    at: (time: string) => `at ${time}`,
  },
  link: {
    over: {
      test: 'It belongs to a test page, and the page arrived: this contact works.',
      old: 'It was made more than 30 days ago.',
      resolved: 'Its incident was resolved more than 24 hours ago.',
      person: 'The person it was sent to is not in this installation any more.',
      contact: 'The contact it was sent to has been changed or removed.',
      gone: 'Its incident is not kept any more.',
    },
    unknown: 'It is not one of this installation, or a part of it got lost on the way.',
    failed: 'The server could not answer just now. As long as nobody has acknowledged, the escalation goes on. Trying again does no harm.',
    isOver: 'This link is over',
    wasTest: 'The test page arrived',
    nothingDone: 'Nothing was done. What is open now, and who has it, is there after signing in.',
    leadsNowhere: 'This link leads nowhere',
    copyWhole: 'Copy the whole link from the message, or sign in: what is open now is there.',
    signIn: 'Sign in',
    signInToSee: (number: string) => `Sign in to see ${number}`,
    didNotWork: 'That did not work',
    tryAgain: 'Try again',
  },
  signIn: {
    title: 'Sign in',
    button: 'Sign in',
    works: 'This signs you in on this browser. The link works once, for 15 minutes.',
    overTitle: 'This sign-in link is over',
    over: 'It has been used, or is older than 15 minutes.',
    another: 'Whoever runs this server makes another with',
    laterTitle: 'That did not work',
    later: 'The server could not answer just now. Try again in a moment. Should the link be used up by then:',
    open: 'Open Tocsin',
    already: 'Already signed in on this browser? Then this is all you need.',
    foreignTitle: 'Nothing was done',
    foreign: 'A page of another site tried to sign you in here. If you want to, open the link from your message and sign in on its page.',
    promise: 'A page always ends at a person. One tap to acknowledge, and every decision on the way can be read.',
    paged: 'Here because you were paged?',
    pagedLink: 'Open the link in the page. Its button acknowledges without signing in.',
  },
}

export type PageWords = typeof en

const de: PageWords = {
  locale: 'de-DE',
  night: {
    document: (title, reader) => `${title} · Alarmierung für ${reader}`,
    level: (level) => `Stufe ${level}`,
    catchAll: 'Auffangstufe',
    since: (when) => `Seit ${when}.`,
    forReader: (reader) => `Für ${reader}.`,
    opening: 'Öffnen allein quittiert nicht.',
    openingChangesNothing: 'Öffnen allein ändert nichts.',
    ifYouWait: 'Ohne Reaktion',
    escalation: 'Eskalation',
    where: 'Wo',
    incident: 'Incident',
    afterSigningIn: 'nach dem Anmelden',
    alerts: 'Alerts',
    ended: 'beendet',
    more: (count) => `${count} weitere im Incident.`,
    open: (open, total) => (open === total ? `${total} offen` : `${open} von ${total} offen`),
    acts: { acknowledge: 'Quittieren', escalate: 'Jetzt eskalieren', resolve: 'Lösen' },
    escalated: (when) => `Eskaliert ${when}`,
    done: {
      acknowledged: (by) => (by === null ? 'Quittiert' : `Quittiert von ${by}`),
      resolved: (by) => (by === null ? 'Gelöst' : `Gelöst von ${by}`),
      resolvedByAlerts: 'Gelöst: die Alerts sind beendet',
    },
    runbook: 'Runbook',
    link: 'Link',
  },
  start: { notAcknowledged: 'Nicht quittiert' },
  next: {
    people: (people, you, when) => {
      const named = you ? ['Sie', ...people] : people
      const [first, second] = named
      if (named.length === 1) return you ? `Sie werden ${when} erneut alarmiert` : `${first} wird ${when} alarmiert`
      return named.length === 2
        ? `${first} und ${second} werden ${when} alarmiert`
        : `${first} und ${named.length - 1} weitere werden ${when} alarmiert`
    },
    everyone: (when) => `Alle mit einem Kontakt werden ${when} alarmiert`,
    nobody: (when) => `Niemand wird ${when} alarmiert`,
    levelAfter: (why) => `${why}; die Stufe danach folgt sofort`,
    namesNobody: 'die Stufe nennt niemanden',
    again: (when) => `Es wird ${when} erneut alarmiert`,
    unlessResolved: (at) => `${at}, falls nicht gelöst`,
    nobodyElse: 'Niemand sonst wird alarmiert',
    noPolicy: 'es gibt keine Eskalationsrichtlinie',
    next: 'als Nächstes',
    now: 'jetzt',
    in: (left) => `in ${left}`,
    at: (time) => time,
  },
  link: {
    over: {
      test: 'Er gehört zu einer Testalarmierung, und sie kam an: Dieser Kontakt funktioniert.',
      old: 'Er wurde vor mehr als 30 Tagen erzeugt.',
      resolved: 'Sein Incident wurde vor mehr als 24 Stunden gelöst.',
      person: 'Die Person, an die er ging, gibt es in dieser Installation nicht mehr.',
      contact: 'Der Kontakt, an den er ging, wurde geändert oder entfernt.',
      gone: 'Sein Incident wird nicht mehr aufbewahrt.',
    },
    unknown: 'Er gehört nicht zu dieser Installation, oder ein Teil ging unterwegs verloren.',
    failed:
      'Der Server konnte gerade nicht antworten. Solange niemand quittiert hat, läuft die Eskalation weiter. Ein weiterer Versuch schadet nicht.',
    isOver: 'Dieser Link gilt nicht mehr',
    wasTest: 'Die Testalarmierung kam an',
    nothingDone: 'Nichts wurde getan. Was jetzt offen ist und wer es hat, steht nach dem Anmelden da.',
    leadsNowhere: 'Dieser Link führt nirgendwohin',
    copyWhole: 'Den ganzen Link aus der Nachricht kopieren oder anmelden: was jetzt offen ist, steht dort.',
    signIn: 'Anmelden',
    signInToSee: (number) => `Anmelden und ${number} ansehen`,
    didNotWork: 'Das hat nicht geklappt',
    tryAgain: 'Nochmals versuchen',
  },
  signIn: {
    title: 'Anmelden',
    button: 'Anmelden',
    works: 'Das meldet diesen Browser an. Der Link gilt einmal, 15 Minuten lang.',
    overTitle: 'Dieser Anmeldelink gilt nicht mehr',
    over: 'Er wurde verwendet oder ist älter als 15 Minuten.',
    another: 'Wer diesen Server betreibt, erzeugt einen neuen mit',
    laterTitle: 'Das hat nicht geklappt',
    later: 'Der Server konnte gerade nicht antworten. Gleich nochmals versuchen. Sollte der Link dann verbraucht sein:',
    open: 'Tocsin öffnen',
    already: 'In diesem Browser schon angemeldet? Dann genügt das.',
    foreignTitle: 'Nichts wurde getan',
    foreign:
      'Eine Seite einer anderen Website hat versucht, diesen Browser hier anzumelden. Wer das will, öffnet den Link aus der Nachricht und meldet sich auf dessen Seite an.',
    promise: 'Jede Alarmierung endet bei einem Menschen. Quittieren mit einem Tipp, und jede Entscheidung auf dem Weg ist nachzulesen.',
    paged: 'Wegen einer Alarmierung hier?',
    pagedLink: 'Den Link in der Nachricht öffnen. Sein Knopf quittiert ohne Anmeldung.',
  },
}

/** What pages made on the server say. */
export const pageWords: Record<Language, PageWords> = { en, de }
