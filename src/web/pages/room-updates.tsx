import { lazy, Suspense, useState } from 'react'
import { isOpen } from '../../modules/incidents/status.ts'
import { api } from '../data/api.ts'
import { momentOf } from '../data/incident-view.ts'
import { usePersonLook } from '../data/people.ts'
import { loadableOf, messageOf, queries, useQuery } from '../data/queries.ts'
import { useRoomAct } from '../data/room.ts'
import { useKeys } from '../keys.ts'
import { links } from '../links.ts'
import type { PersonLook } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import { useToast } from '../parts/toast.tsx'
import type { UpdateSaid } from '../screens/war-room/updates-dialog.tsx'
import { type Audience, type UpdateShown, UpdatesTabScreen } from '../screens/war-room/updates-tab.tsx'
import { words } from '../screens/war-room/updates-words.ts'
import { entriesOf } from './timeline-entries.tsx'

const UpdatesDialog = lazy(() => import('../screens/war-room/updates-dialog.tsx').then((module) => ({ default: module.UpdatesDialog })))

interface OfRoom {
  number: string
  mayPost: boolean
}

/** In the head: people are told how it stands. */
export function UpdateActs({ number, mayPost }: OfRoom) {
  const incident = useQuery(queries.incident(number)).data
  const [posts, setPosts] = useState(false)
  useKeys({ u: mayPost ? () => setPosts(true) : undefined })
  if (!mayPost) return null
  return (
    <>
      {/* While nobody has it, having it is the first thing. */}
      <Button size="small" kind={incident?.held ? 'primary' : 'secondary'} icon="mega" keyCap="U" onClick={() => setPosts(true)}>
        {words.act}
      </Button>
      {posts && <PostUpdate number={number} onClose={() => setPosts(false)} />}
    </>
  )
}

/** What people were told. */
export function UpdatesTab({ number, mayPost }: OfRoom) {
  const updates = useQuery(queries.updates(number))
  const look = usePersonLook()
  const [posts, setPosts] = useState(false)
  return (
    <>
      <UpdatesTabScreen
        updates={loadableOf(updates, ({ items }) => items.map((one) => shownOf(one, look)))}
        timelineHref={links.incident(number)}
        onPost={mayPost ? () => setPosts(true) : undefined}
      />
      {posts && <PostUpdate number={number} onClose={() => setPosts(false)} />}
    </>
  )
}

interface PostUpdateProps {
  number: string
  audience?: Audience
  onClose: () => void
}

/** The question what people are told, fed while it is open. */
export function PostUpdate({ number, audience = 'internal', onClose }: PostUpdateProps) {
  const incident = useQuery(queries.incident(number)).data
  const updates = useQuery(queries.updates(number)).data?.items ?? []
  const timeline = useQuery(queries.timeline(number)).data ?? []
  const schemes = useQuery(queries.severitySchemes())
  const look = usePersonLook()
  const toast = useToast()
  const post = useRoomAct(number, {
    send: (body: UpdateSaid, idempotencyKey) => api.postUpdate({ params: { id: number }, body, idempotencyKey }),
    onDone: () => {
      toast({ text: words.posted })
      onClose()
    },
  })
  if (!incident) return null
  const { every, statusPage } =
    schemes.data?.items.find(({ name }) => name === incident.scheme.name)?.spec.levels.find(({ key }) => key === incident.level)?.update ??
    {}
  return (
    <Suspense>
      <UpdatesDialog
        number={incident.number}
        level={incident.level}
        audience={audience}
        // What is over promises nothing by itself.
        rhythm={isOpen(incident) ? { internal: every, 'status-page': statusPage ?? every } : {}}
        updates={updates.map((one) => shownOf(one, look))}
        facts={entriesOf(timeline, look)
          .filter(({ kind, deleted }) => kind !== 'system' && !deleted)
          .map(({ id, at, who, what, quote }) => ({
            ...{ id, at },
            what: (
              <>
                {who && <b>{who.name} </b>}
                {what}
                {quote && `: ${quote}`}
              </>
            ),
          }))}
        busy={post.isPending}
        failure={post.isError ? messageOf(post.error) : undefined}
        onPost={post.mutate}
        onClose={onClose}
      />
    </Suspense>
  )
}

type UpdateView = Awaited<ReturnType<typeof api.listUpdates>>['items'][number]

function shownOf({ id, audience, text, by, at, nextBy }: UpdateView, look: (name: string) => PersonLook): UpdateShown {
  return { id, audience, text, by: look(by), at: Date.parse(at), nextBy: momentOf(nextBy) }
}
