import { z } from 'zod'
import type { Channel } from '../../modules/paging/index.ts'

/** A phone drawn in the browser: for the demo, and for trying a policy out. It reaches nobody who is not looking. */
export const screen: Channel = {
  name: 'screen',
  title: 'Phone on screen',
  address: z
    .string()
    .trim()
    .min(1, 'Give the phone on screen a name, like "my phone".')
    .max(80, 'A name of at most 80 characters is enough for a phone on screen.')
    .meta({ description: 'Any name; the phone is drawn in the browser', examples: ['my phone'] }),

  async send({ pages }, contact, reach) {
    const first = pages[0]
    if (!first) return { kind: 'gave-up', answer: 'nothing to show' }
    await reach.screen.show({ person: first.person.name, contact: contact.address, pages })
    return { kind: 'delivered', answer: 'shown on screen' }
  },
}
