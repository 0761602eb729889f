import { workers } from './browser.ts'

/** Chromium's offer to install; other browsers have it in a menu of theirs. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>
}

interface State {
  /** A newer version is there and waits until it is asked for. */
  newVersion: boolean
  /** The browser would install when asked. */
  canInstall: boolean
}

let state: State = { newVersion: false, canInstall: false }
let offer: InstallOffer | undefined
let registration: ServiceWorkerRegistration | undefined
let askedAt = 0
const waiting = new Set<() => void>()

export const installation = {
  read: () => state,
  subscribe(wake: () => void) {
    waiting.add(wake)
    return () => {
      waiting.delete(wake)
    }
  },
  async install(): Promise<void> {
    await offer?.prompt()
    offer = undefined
    say({ canInstall: false })
  },
  /** Lets the new version take over and loads the page in it. */
  update(): void {
    workers?.addEventListener('controllerchange', () => location.reload(), { once: true })
    if (registration?.waiting) registration.waiting.postMessage('take-over')
    else location.reload()
  },
  /** Asks the server for a newer version: it may have been replaced while it was not heard. */
  look(): void {
    if (Date.now() - askedAt < 60_000) return
    askedAt = Date.now()
    void registration?.update().catch(() => {})
  },
}

/** Whether it runs as an application of its own, not in a tab. */
export function isInstalled(): boolean {
  return matchMedia('(display-mode: standalone)').matches
}

/** Browsers allow workers over https and on the machine itself only; elsewhere everything but the offline start works. */
export function keepShell(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer = event as InstallOffer
    say({ canInstall: true })
  })
  if (!import.meta.env.PROD || !workers) return
  addEventListener('load', () => {
    workers
      ?.register('/worker.js')
      .then((found) => {
        registration = found
        tellWhenNew(found)
      })
      // Refused by the person or by a private window: then there is no offline start, and nothing else is missing.
      .catch(() => {})
  })
}

function tellWhenNew(found: ServiceWorkerRegistration): void {
  // The first worker of a browser is no news.
  const isNew = () => found.waiting !== null && Boolean(workers?.controller)
  if (isNew()) say({ newVersion: true })
  found.addEventListener('updatefound', () => {
    found.installing?.addEventListener('statechange', () => isNew() && say({ newVersion: true }))
  })
}

function say(news: Partial<State>): void {
  state = { ...state, ...news }
  for (const wake of waiting) wake()
}
