import { type ComponentProps, useState } from 'react'
import { api } from '../data/api.ts'
import { configuration, useChoices } from '../data/configuration.ts'
import { momentOf } from '../data/incident-view.ts'
import { usePersonLook } from '../data/people.ts'
import { usePresence } from '../data/presence.ts'
import { loadableOf, messageOf, queries, useQuery } from '../data/queries.ts'
import { useRoomAct } from '../data/room.ts'
import { useKeys } from '../keys.ts'
import type { PersonLook } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import type { Choice } from '../parts/combobox.tsx'
import { sentence as capital } from '../parts/form.ts'
import { type Loadable, shownOf } from '../parts/loadable.tsx'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import { useToast } from '../parts/toast.tsx'
import { CatchUpDialog } from '../screens/war-room/catch-up.tsx'
import { words as catchUpWords } from '../screens/war-room/catch-up-words.ts'
import { HandOverDialog } from '../screens/war-room/hand-over-dialog.tsx'
import { OfferToMe } from '../screens/war-room/hand-over-offer.tsx'
import type { OfferShown, RoleQuestion, RoleShown, Somebody } from '../screens/war-room/people.ts'
import { PageDialog, type TargetKind } from '../screens/war-room/people-page-dialog.tsx'
import { PresenceBar } from '../screens/war-room/people-presence.tsx'
import { RoleDialog } from '../screens/war-room/people-role-dialog.tsx'
import { PeopleTab as People } from '../screens/war-room/people-tab.tsx'
import { words } from '../screens/war-room/people-words.ts'
import { RolesBand } from '../screens/war-room/roles-band.tsx'

type Page = Awaited<ReturnType<typeof api.getPages>>['items'][number]

interface OfRoom {
  number: string
  mayAct: boolean
}

/** Who has which role, and which is empty; above them what is offered to whoever looks. */
export function Roles({ number, mayAct }: OfRoom) {
  const me = useQuery(queries.me()).data?.person?.name
  const roles = shownOf(useRoles(number)) ?? []
  const act = useEveryAct(number)
  const [asked, setAsked] = useState<{ question: RoleQuestion; role: string; person?: string | undefined }>()
  const role = roles.find((one) => one.role === asked?.role)
  const of = (one: RoleShown, idempotencyKey: string) => ({ params: { id: number, role: one.role }, idempotencyKey })
  const close = () => {
    setAsked(undefined)
    act.reset()
  }
  const asks = { busy: act.isPending, failure: act.failure, onClose: close }
  return (
    <>
      {roles.map(
        (one) =>
          one.offer?.to.id === me &&
          one.offer && <Offered key={`${one.role} ${one.offer.at}`} number={number} role={one} offer={one.offer} />,
      )}
      <RolesBand
        roles={roles}
        me={me}
        acts={
          mayAct
            ? {
                onTake: (one) => act.tell((key) => api.giveRole({ ...of(one, key), body: { person: me! } })),
                onLeave: (one) => act.tell((key) => api.leaveRole({ ...of(one, key), body: {} })),
                onWithdraw: (one) => act.tell((key) => api.withdrawOffer(of(one, key))),
                onAsk: (question, one, person) => setAsked({ question, role: one.role, person }),
              }
            : undefined
        }
      />
      {asked && role && asked.question === 'hand-over' && (
        <HandOver
          number={number}
          role={role}
          me={me}
          {...asks}
          onOffer={(body) => act.ask((key) => api.offerRole({ ...of(role, key), body }), close)}
        />
      )}
      {asked && role && asked.question !== 'hand-over' && (
        <AskRole
          question={asked.question}
          role={role}
          holder={role.people.find(({ id }) => (asked.person === undefined ? !role.many : id === asked.person))}
          {...asks}
          onSay={({ person = asked.question === 'take' ? me : asked.person, reason }) => {
            const force = reason === undefined ? {} : { force: true, reason }
            act.ask(
              asked.question === 'relieve'
                ? (key) => api.leaveRole({ ...of(role, key), body: { person, ...force } })
                : (key) => api.giveRole({ ...of(role, key), body: { person: person!, ...force } }),
              close,
            )
          }}
        />
      )}
    </>
  )
}

function Offered({ number, role, offer }: { number: string; role: RoleShown; offer: OfferShown }) {
  const act = useEveryAct(number)
  const answer = (body: { accept: boolean; reason?: string }) =>
    act.ask((idempotencyKey) => api.answerOffer({ params: { id: number, role: role.role }, body, idempotencyKey }))
  return (
    <OfferToMe
      role={role}
      offer={offer}
      busy={act.isPending}
      failure={act.failure}
      onAccept={() => answer({ accept: true })}
      onDecline={(reason) => answer({ accept: false, reason })}
    />
  )
}

function AskRole(props: Omit<ComponentProps<typeof RoleDialog>, 'choices'>) {
  return <RoleDialog {...props} choices={useWhoMay(props.role)} />
}

type HandingOver = Omit<ComponentProps<typeof HandOverDialog>, 'choices' | 'holder' | 'brief' | 'handsOn'>

function HandOver({ number, me, ...props }: HandingOver & { number: string; me: string | undefined }) {
  const brief = useQuery({
    queryKey: ['incident', number, 'command', 'brief'],
    queryFn: () => api.readBrief({ params: { id: number } }),
    staleTime: 0,
  })
  const tasks = useQuery(queries.tasks(number))
  const { people } = props.role
  const handsOn = (tasks.data?.items ?? []).filter((task) => task.state === 'open' && task.handsOn && task.person !== null)
  return (
    <HandOverDialog
      {...props}
      holder={people.find(({ id }) => id === me) ?? people[0]}
      choices={useWhoMay(props.role).filter(({ value }) => !people.some(({ id }) => id === value))}
      brief={loadableOf(brief, (told) => told.brief)}
      handsOn={Object.fromEntries(handsOn.map((task) => [task.person!, task.text]))}
    />
  )
}

/** Everybody, those first who are on call or trained for it. */
function useWhoMay({ role }: RoleShown): Choice[] {
  const people = useQuery(configuration.objects('people'))
  const onCall = new Set(useQuery(queries.onCall()).data?.items.map(({ person }) => person))
  return (people.data ?? [])
    .map(({ name, spec }) => {
      const why = [
        ...(onCall.has(name) ? [words.onCall] : []),
        ...((spec['trained'] as string[] | undefined)?.includes(role) ? [words.trained] : []),
      ]
      return { value: name, name: String(spec['displayName'] ?? name), detail: why.join(', ') || name, fits: why.length }
    })
    .sort((a, b) => b.fits - a.fits || a.name.localeCompare(b.name))
}

function useRoles(number: string): Loadable<RoleShown[]> {
  const look = usePersonLook()
  const called = (id: string): Somebody => ({ id, look: look(id) })
  return loadableOf(useQuery(queries.roles(number)), ({ items }) =>
    items.map(({ people, offer, emptySince, ...role }) => ({
      ...role,
      emptySince: momentOf(emptySince),
      people: people.map(({ person, accepted, since }) => ({ ...called(person), accepted, since: Date.parse(since) })),
      offer: offer
        ? {
            ...{ to: called(offer.to), by: called(offer.by), brief: offer.brief },
            ...{ at: Date.parse(offer.offeredAt), lapsesAt: Date.parse(offer.lapsesAt) },
          }
        : undefined,
    })),
  )
}

/** What is done here: what speaks against it is told afterwards, a failure where whoever did it is looking. */
function useEveryAct(number: string) {
  const toast = useToast()
  const { mutate, isPending, error, reset } = useRoomAct(number, {
    send: (act: Act, idempotencyKey) => act(idempotencyKey),
    onDone(reply) {
      for (const text of (reply as { warnings?: string[] }).warnings ?? []) toast({ icon: 'warn', text })
    },
  })
  return {
    ...{ isPending, reset, failure: error ? messageOf(error) : undefined },
    /** In a dialog, which shows the failure. */
    ask: (act: Act, onDone?: () => void) => mutate(act, { onSuccess: () => onDone?.() }),
    /** By one press. */
    tell: (act: Act) => mutate(act, { onError: (failed) => toast({ icon: 'warn', text: messageOf(failed) }) }),
  }
}

type Act = (idempotencyKey: string) => Promise<object>

/** In the head: somebody more is called. */
export function PeopleActs({ number, mayAct }: OfRoom) {
  const [asks, setAsks] = useState<'page' | 'catch-up' | undefined>()
  const ask = mayAct ? () => setAsks('page') : undefined
  const close = () => setAsks(undefined)
  useKeys({ p: ask })
  return (
    <>
      {ask && (
        <Button size="small" icon="bell" keyCap="P" onClick={ask}>
          {words.page.act}
        </Button>
      )}
      {/* Beside the tabs a phone has no room for it, and whoever was woken is on one. */}
      <Button size="small" className="phone-only" onClick={() => setAsks('catch-up')}>
        {catchUpWords.act}
      </Button>
      {asks === 'page' && <Paging number={number} onClose={close} />}
      {asks === 'catch-up' && <CatchUp number={number} onClose={close} />}
    </>
  )
}

const KIND_OF = {
  person: 'people',
  team: 'teams',
  schedule: 'schedules',
  service: 'services',
  expert: 'services',
  policy: 'policies',
} as const

function Paging({ number, onClose }: { number: string; onClose: () => void }) {
  const [kind, setKind] = useState<TargetKind>('person')
  const choices = useChoices(KIND_OF[kind])
  const page = useRoomAct(number, {
    send: ({ name, message }: { name: string; message: string | undefined }, idempotencyKey) =>
      api.pageResponder({ params: { id: number }, body: { [kind]: name, ...(message && { message }) }, idempotencyKey }),
    onDone: ({ warnings }) => warnings.length === 0 && onClose(),
  })
  return (
    <PageDialog
      kind={kind}
      onKind={setKind}
      choices={choices}
      busy={page.isPending}
      failure={page.isError ? messageOf(page.error) : undefined}
      warnings={page.data?.warnings}
      onPage={(name, message) => page.mutate({ name, message })}
      onClose={onClose}
    />
  )
}

/** Beside the tabs: who is here, and what somebody who has just come must know. */
export function Presence({ number }: OfRoom) {
  const look = usePersonLook()
  const me = useQuery(queries.me()).data?.person?.name
  const here = usePresence(number).data?.items ?? []
  const [asks, setAsks] = useState(false)
  return (
    <>
      <PresenceBar
        here={here.map(({ person }) => look(person))}
        writing={here.filter(({ person, writing }) => writing && person !== me).map(({ person }) => look(person))}
        onCatchUp={() => setAsks(true)}
      />
      {asks && <CatchUp number={number} onClose={() => setAsks(false)} />}
    </>
  )
}

function CatchUp({ number, onClose }: { number: string; onClose: () => void }) {
  const told = useQuery({ ...queries.catchUp(number), staleTime: 0 })
  const severity = (useQuery(queries.incident(number)).data?.severity ?? 5) as SeverityRank
  return (
    <CatchUpDialog
      caughtUp={loadableOf(told, ({ sentence, roles, now, events, wanted }) => ({
        ...{ severity, sentence, wanted, at: told.dataUpdatedAt },
        roles: roles.map(({ role, name, people }) => ({ role, name: capital(name), people: people.map((one) => ({ name: one })) })),
        ...{ heldBy: now.heldBy ?? undefined, cause: now.cause ?? undefined, lastUpdate: now.lastUpdate ?? undefined },
        nextUpdateBy: momentOf(now.nextUpdateBy),
        tasks: now.tasks.map(({ person, due, ...task }) => ({ ...task, person: person ?? undefined, due: momentOf(due) })),
        events: events.map(({ at, text }) => ({ at: Date.parse(at), text })),
      }))}
      onClose={onClose}
    />
  )
}

/** Who was asked to come, and who came. */
export function PeopleTab({ number, mayAct }: OfRoom) {
  const look = usePersonLook()
  const act = useEveryAct(number)
  const responders = useQuery(queries.responders(number))
  const pages = useQuery(queries.pages(number))
  const me = useQuery(queries.me()).data?.person?.name
  return (
    <People
      me={me}
      roles={useRoles(number)}
      responders={loadableOf(responders, ({ items }) =>
        items.map(({ id, target, message, by, at, joinedBy, joinedAt, releasedAt }) => {
          const [kind = '', name = ''] = target.split(/:(.*)/)
          return {
            ...{ id, kind: kind as TargetKind, target: kind === 'person' ? look(name).name : name, message: message ?? undefined },
            ...{ by: look(by), at: Date.parse(at), releasedAt: momentOf(releasedAt) },
            joined: joinedBy === null ? undefined : { by: look(joinedBy), at: Date.parse(joinedAt!) },
          }
        }),
      )}
      paged={loadableOf(pages, (all) => pagedIn(all, look))}
      onRelease={
        mayAct
          ? (responder) => act.tell((idempotencyKey) => api.releaseResponder({ params: { id: number, responder }, idempotencyKey }))
          : undefined
      }
    />
  )
}

/** By person, the last paged first. */
function pagedIn(pages: Page[], look: (name: string) => PersonLook) {
  const sent = pages.filter(({ attempts }) => attempts.length > 0)
  return [...new Set(sent.map(({ person }) => person))]
    .map((person) => {
      const at = sent.filter((one) => one.person === person).map(({ attempts }) => Date.parse(attempts[0]!.beganAt))
      return { person: look(person), times: at.length, lastAt: Math.max(...at) }
    })
    .sort((a, b) => b.lastAt - a.lastAt)
}
