import { queryOptions, useMutation } from '@tanstack/react-query'
import { api } from '../data/api.ts'
import { momentOf } from '../data/incident-view.ts'
import { loadableOf, messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import { Loaded } from '../parts/loadable.tsx'
import { SkeletonRows } from '../parts/skeleton.tsx'
import { useToast } from '../parts/toast.tsx'
import { Deliveries, HooksSection } from '../screens/settings/hooks-section.tsx'
import { words } from '../screens/settings/hooks-words.ts'
import { SettingsScreen } from '../screens/settings/settings-screen.tsx'

const hooks = queryOptions({ queryKey: ['hooks'], queryFn: () => api.listHooks({ query: { limit: 200 } }), refetchInterval: 30_000 })
const deliveriesOf = (name: string) =>
  queryOptions({ queryKey: ['hooks', name], queryFn: () => api.listDeliveries({ params: { name }, query: { limit: 50 } }) })

/** Which programs are told of what happens, and how they fare. */
export function HooksPage() {
  const me = useQuery(queries.me())
  const mayWrite = me.data?.permissions.includes('config:write') === true
  const listed = loadableOf(useQuery(hooks), ({ items }) => items)
  const toast = useToast()
  const again = () => queryClient.invalidateQueries({ queryKey: hooks.queryKey })
  const failed = (error: unknown) => toast({ icon: 'warn', text: messageOf(error) })
  const test = useMutation({
    mutationFn: (name: string) => api.testHook({ params: { name }, body: {} }),
    onSuccess: ({ state }) => toast({ icon: state === 'delivered' ? 'ok' : 'warn', text: words.sent(words.delivery[state]) }),
    onError: failed,
    onSettled: again,
  })
  const retire = useMutation({
    mutationFn: (name: string) => api.retireHookSecret({ params: { name } }),
    onSuccess: () => toast({ text: words.retired }),
    onError: failed,
    onSettled: again,
  })
  return (
    <SettingsScreen section="webhooks" about={words.about}>
      <Loaded
        of={listed}
        skeleton={
          <div className="settings-wide">
            <SkeletonRows rows={4} />
          </div>
        }
      >
        {(items) => (
          <HooksSection
            hooks={items.map(({ services, teams, failingSince, lastDeliveredAt, origin, ...hook }) => ({
              ...hook,
              of: services === null && teams === null ? null : [...(services ?? []), ...(teams ?? [])],
              failingSince: momentOf(failingSince),
              lastDeliveredAt: momentOf(lastDeliveredAt),
              isFromFile: origin.kind === 'file',
            }))}
            busy={test.isPending ? test.variables : undefined}
            {...(mayWrite && {
              onTest: test.mutate,
              onRetire: retire.mutate,
              onSecret: async (name: string) => {
                try {
                  const { secret } = await api.makeHookSecret({ params: { name }, body: {} })
                  void again()
                  return secret
                } catch (error) {
                  failed(error)
                  return undefined
                }
              },
            })}
            deliveries={(name) => <DeliveriesOf name={name} mayWrite={mayWrite} />}
          />
        )}
      </Loaded>
    </SettingsScreen>
  )
}

function DeliveriesOf({ name, mayWrite }: { name: string; mayWrite: boolean }) {
  const found = loadableOf(useQuery(deliveriesOf(name)), ({ items }) => items)
  const toast = useToast()
  const again = useMutation({
    mutationFn: (id: string) => api.redeliver({ params: { name, id }, body: {} }),
    onSuccess: ({ state }) => toast({ icon: state === 'delivered' ? 'ok' : 'warn', text: words.sent(words.delivery[state]) }),
    onError: (error) => toast({ icon: 'warn', text: messageOf(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: hooks.queryKey }),
  })
  return (
    <Loaded of={found} skeleton={<SkeletonRows rows={3} />}>
      {(items) => (
        <Deliveries
          of={name}
          deliveries={items.map(({ id, type, incident, occurredAt, state, attempts, status, answer }) => ({
            ...{ id, type, state, attempts },
            incident: incident ?? undefined,
            occurredAt: Date.parse(occurredAt),
            answer: [status, answer].filter((part) => part !== null).join(' ') || undefined,
          }))}
          onAgain={mayWrite ? again.mutate : undefined}
        />
      )}
    </Loaded>
  )
}
