import { toldOf } from './modules/paging/index.ts'
import { channels } from './plugs/channels/index.ts'

/** What the browser says about channels: builds put the words here instead (`bin/contract-routes.js`), because their code stays on the server. */
export const channelsTold = channels.map(toldOf)
