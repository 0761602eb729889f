import { useMutation } from '@tanstack/react-query'
import { randomId } from '../browser.ts'
import { queryClient } from './queries.ts'

/** All that the war room of an incident shows: for one act there several answers change. */
export function refreshRoom(number: string): Promise<unknown> {
  return Promise.all([
    queryClient.invalidateQueries({ queryKey: ['incident', number, 'command'] }),
    queryClient.invalidateQueries({ queryKey: ['incident', number], exact: true }),
  ])
}

interface RoomAct<Said, Reply> {
  send: (said: Said, idempotencyKey: string) => Promise<Reply>
  onDone?: (reply: Reply, said: Said) => void
  /** Where the person is; left out where a dialog shows it by itself. */
  onFailed?: (error: unknown) => void
}

/** An act in a war room. What it brings about is asked for when it is done, before the stream tells of it. */
export function useRoomAct<Said, Reply>(number: string, { send, onDone, onFailed }: RoomAct<Said, Reply>) {
  return useMutation<Reply, unknown, Said>({
    meta: { showsFailure: true },
    mutationFn: (said) => send(said, randomId()),
    onSuccess: (reply, said) => {
      onDone?.(reply, said)
      return refreshRoom(number)
    },
    ...(onFailed && { onError: onFailed }),
  })
}
