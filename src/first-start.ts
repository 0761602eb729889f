import type { App } from './app.ts'
import type { Clock } from './kernel/time.ts'
import { hasSignedIn, makeLoginLink } from './modules/access/index.ts'
import { Person } from './modules/people/index.ts'
import { writeDocuments } from './modules/documents/index.ts'
import type { Database } from './platform/db.ts'
import type { Log } from './platform/log.ts'
import type { Settings } from './platform/settings.ts'

export interface StartParts {
  app: App
  db: Database
  clock: Clock
  log: Log
  settings: Settings
}

/** Before the first request: configuration from files, the demo on an empty start, an owner to sign in as. */
export async function prepare({ app, db, clock }: StartParts): Promise<void> {
  await db.transaction(async (tx) => {
    const snapshot = await app.documents.fresh(tx.sql)
    if (snapshot.all(Person).some((person) => person.spec.role === 'owner')) return
    await writeDocuments(tx.sql, clock.now(), 'system', [{ kind: 'Person', name: 'owner', spec: { displayName: 'Owner', role: 'owner' }, origin: { kind: 'built-in' } }])
  })
  await app.documents.fresh(db.sql)
}

/** What a person who starts it reads: where it is, how to get in, how to try it. */
export async function greet({ app, db, clock, url }: Omit<StartParts, 'log'> & { url: string }): Promise<void> {
  const out = (line: string) => process.stdout.write(`${line}\n`)
  out(`Tocsin is ready at ${url}`)
  const owners = (await app.documents.fresh(db.sql)).all(Person).filter((person) => person.spec.role === 'owner')
  if (owners[0] && !(await hasSignedIn(db.sql, owners.map((owner) => owner.uid)))) {
    const secret = await makeLoginLink(db.sql, clock.now(), owners[0])
    out(`Sign in (once, within 15 minutes): ${url}/sign-in/${secret}`)
  }
}
