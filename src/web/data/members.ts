import { useMutation } from '@tanstack/react-query'
import { randomId } from '../browser.ts'
import type { Choice } from '../parts/combobox.tsx'
import { api } from './api.ts'
import { useChoices } from './configuration.ts'
import { queryClient } from './queries.ts'

/** A person or a team as one text, for lists in which both stand. */
export function memberKey(kind: 'person' | 'team', name: string): string {
  return `${kind} ${name}`
}

export function memberOf(key: string): { person: string } | { team: string } {
  const name = key.slice(key.indexOf(' ') + 1)
  return key.startsWith('team ') ? { team: name } : { person: name }
}

/** Everybody and every team there is. */
export function useMemberChoices(): Choice[] {
  const people = useChoices('people')
  const teams = useChoices('teams')
  return [
    ...people.map((one): Choice => ({ ...one, value: memberKey('person', one.value), icon: 'user' })),
    ...teams.map((one): Choice => ({ ...one, value: memberKey('team', one.value), icon: 'users' })),
  ]
}

/** Lets somebody see a private incident, takes somebody off, or breaks the glass. */
export function useMembers(incident: string) {
  const asked = { onSuccess: () => queryClient.invalidateQueries({ queryKey: ['incident', incident] }) }
  const letIn = useMutation({
    ...asked,
    mutationFn: async (key: string) => {
      const named = memberOf(key)
      const idempotencyKey = randomId()
      await ('team' in named
        ? api.addMemberTeam({ params: { id: incident, team: named.team }, idempotencyKey })
        : api.addMember({ params: { id: incident, person: named.person }, idempotencyKey }))
    },
  })
  const letGo = useMutation({
    ...asked,
    mutationFn: async (key: string) => {
      const named = memberOf(key)
      const idempotencyKey = randomId()
      await ('team' in named
        ? api.removeMemberTeam({ params: { id: incident, team: named.team }, idempotencyKey })
        : api.removeMember({ params: { id: incident, person: named.person }, idempotencyKey }))
    },
  })
  const glass = useMutation({
    meta: { showsFailure: true },
    mutationFn: (reason: string) => api.breakGlass({ params: { id: incident }, body: { reason }, idempotencyKey: randomId() }),
    onSuccess: () =>
      Promise.all([
        queryClient.resetQueries({ queryKey: ['incident', incident] }),
        queryClient.invalidateQueries({ queryKey: ['incidents'] }),
      ]),
  })
  return { letIn: letIn.mutate, letGo: letGo.mutate, glass }
}
