import { useMutation } from '@tanstack/react-query'
import { type ComponentProps, useState } from 'react'
import { randomId } from '../browser.ts'
import { api } from '../data/api.ts'
import { configuration } from '../data/configuration.ts'
import { usePersonLook } from '../data/people.ts'
import { loadableOf, messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import type { Choice } from '../parts/combobox.tsx'
import { useToast } from '../parts/toast.tsx'
import { HandOverDialog } from '../screens/war-room/hand-over-dialog.tsx'
import { OfferToMe } from '../screens/war-room/hand-over-offer.tsx'
import type { OfferShown, RoleQuestion, RoleShown, Somebody } from '../screens/war-room/people.ts'
import { RoleDialog } from '../screens/war-room/people-role-dialog.tsx'
import { words } from '../screens/war-room/people-words.ts'
import { RolesBand } from '../screens/war-room/roles-band.tsx'

interface OfRoom {
  number: string
  mayAct: boolean
}

/** Who has which role, and which is empty; above them what is offered to whoever looks. */
export function Roles({ number, mayAct }: OfRoom) {
  const me = useQuery(queries.me()).data?.person?.name
  const roles = useRoles(number)
  const act = useRoomAct(number)
  const [asked, setAsked] = useState<{ question: RoleQuestion; role: string; person?: string | undefined }>()
  const role = roles.find((one) => one.role === asked?.role)
  const of = (one: RoleShown) => ({ params: { id: number, role: one.role }, idempotencyKey: randomId() })
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
                onTake: (one) => act.tell(() => api.giveRole({ ...of(one), body: { person: me! } })),
                onLeave: (one) => act.tell(() => api.leaveRole({ ...of(one), body: {} })),
                onWithdraw: (one) => act.tell(() => api.withdrawOffer(of(one))),
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
          onOffer={(body) => act.ask(() => api.offerRole({ ...of(role), body }), close)}
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
                ? () => api.leaveRole({ ...of(role), body: { person, ...force } })
                : () => api.giveRole({ ...of(role), body: { person: person!, ...force } }),
              close,
            )
          }}
        />
      )}
    </>
  )
}

function Offered({ number, role, offer }: { number: string; role: RoleShown; offer: OfferShown }) {
  const act = useRoomAct(number)
  const answer = (body: { accept: boolean; reason?: string }) =>
    act.ask(() => api.answerOffer({ params: { id: number, role: role.role }, body, idempotencyKey: randomId() }))
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

function useRoles(number: string): RoleShown[] {
  const look = usePersonLook()
  const called = (id: string): Somebody => ({ id, look: look(id) })
  return (useQuery(queries.roles(number)).data?.items ?? []).map(({ people, offer, emptySince, ...role }) => ({
    ...role,
    emptySince: emptySince === null ? undefined : Date.parse(emptySince),
    people: people.map(({ person, accepted, since }) => ({ ...called(person), accepted, since: Date.parse(since) })),
    offer: offer
      ? {
          ...{ to: called(offer.to), by: called(offer.by), brief: offer.brief },
          ...{ at: Date.parse(offer.offeredAt), lapsesAt: Date.parse(offer.lapsesAt) },
        }
      : undefined,
  }))
}

/** What is done here: what speaks against it is told afterwards, a failure where whoever did it is looking. */
function useRoomAct(number: string) {
  const toast = useToast()
  const { mutate, isPending, error, reset } = useMutation({
    meta: { showsFailure: true },
    mutationFn: (act: () => Promise<object>) => act(),
    onSuccess: (reply) => {
      for (const text of (reply as { warnings?: string[] }).warnings ?? []) toast({ icon: 'warn', text })
      return queryClient.invalidateQueries({ queryKey: ['incident', number] })
    },
  })
  return {
    ...{ isPending, reset, failure: error ? messageOf(error) : undefined },
    /** In a dialog, which shows the failure. */
    ask: (act: () => Promise<object>, onDone?: () => void) => mutate(act, { onSuccess: () => onDone?.() }),
    /** By one press. */
    tell: (act: () => Promise<object>) => mutate(act, { onError: (failed) => toast({ icon: 'warn', text: messageOf(failed) }) }),
  }
}

/** In the head: somebody more is called. */
export function PeopleActs(_: OfRoom) {
  return null
}

/** Beside the tabs: who is here, and what somebody who has just come must know. */
export function Presence(_: OfRoom) {
  return null
}

/** Who was asked to come, and who came. */
export function PeopleTab(_: OfRoom) {
  return null
}
