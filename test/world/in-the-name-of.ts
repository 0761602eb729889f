import { contract } from '../../src/contract.ts'
import { type Client, createClient } from '../../src/platform/client.ts'
import type { World } from './world.ts'

/** The API as a person uses it, who may act in incidents. */
export async function inTheNameOf({ api, baseUrl }: World, person: string): Promise<Client<typeof contract>> {
  const { secret } = await api.createToken({ body: { label: person, role: 'responder', person } })
  return createClient(contract, { baseUrl, token: secret })
}
