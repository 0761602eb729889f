import { z } from 'zod'
import type { Channel } from '../../modules/paging/index.ts'

/** A phone drawn in the browser: for the demo, and for trying a policy out. It reaches nobody who is not looking. */
export const screen: Channel = {
  name: 'screen',
  icon: 'phone',
  title: { en: 'Screen', de: 'Bildschirm' },
  choice: { en: 'Drawn phone, for the demo and drills', de: 'Gezeichnetes Telefon, für Demo und Übungen' },
  short: { en: 'Drawn phone', de: 'Gezeichnetes Telefon' },
  about: 'a phone drawn in the browser: for the demo and drills only',
  address: {
    schema: z
      .string()
      .trim()
      .min(1, 'Give the phone on screen a name, like "my phone".')
      .max(80, 'A name of at most 80 characters is enough for a phone on screen.'),
    hint: {
      en: 'A name for the drawn phone. It rings nowhere else.',
      de: 'Ein Name für das gezeichnete Telefon. Es klingelt sonst nirgends.',
    },
    example: 'my phone',
  },
  can: { acknowledge: 'on the message', bundle: true, reaches: 'this screen' },

  async send({ pages }, contact, reach) {
    const first = pages[0]
    if (!first) return { kind: 'gave-up', answer: 'nothing to show' }
    await reach.screen.show({ person: first.person.name, contact: contact.address, pages })
    return { kind: 'delivered', answer: 'shown on screen' }
  },
}
