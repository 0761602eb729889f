import { createHmac } from 'node:crypto'

/** The key of a demo integration: chance for everybody else, yet known again at every start, so that it need not be stored. */
export function demoKeys(secret: Buffer): (integration: string) => string {
  return (integration) => `demo_${createHmac('sha256', secret).update(`demo integration ${integration}`).digest('base64url').slice(0, 24)}`
}
