import { email } from './email.ts'
import { ntfy } from './ntfy.ts'
import { screen } from './screen.ts'
import { slack } from './slack.ts'
import { telegram } from './telegram.ts'
import { webhook } from './webhook.ts'

export const channels = [email, ntfy, screen, slack, telegram, webhook]
