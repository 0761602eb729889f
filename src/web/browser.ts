/**
 * All that a browser may lack or refuse, asked for here and nowhere else (`test/architecture.test.ts`). Over plain HTTP,
 * by any name but localhost, browsers leave out `crypto.randomUUID`, locks, the clipboard and workers; private windows
 * and strict settings refuse storage. Each has a way to do without here, or an answer that says it is missing.
 */

/** As good as `crypto.randomUUID`, which is for HTTPS only; chance itself is there for everybody. */
export function randomId(): string {
  return hexOfChance(16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export function hexOfChance(bytes: number): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What this browser keeps; where it refuses, nothing is kept and nothing else is missing. */
export const kept = keptIn(() => localStorage)
/** The same, for as long as the tab is open. */
export const keptInTab = keptIn(() => sessionStorage)

function keptIn(storage: () => Storage) {
  const tried = <Answer>(ask: (opened: Storage) => Answer, otherwise: Answer): Answer => {
    try {
      return ask(storage())
    } catch {
      return otherwise
    }
  }
  return {
    read: (key: string): string | null => tried((opened) => opened.getItem(key), null),
    /** Undefined too for what is no JSON: anything may have put it there. */
    readJson: (key: string): unknown => tried((opened) => JSON.parse(opened.getItem(key) ?? 'null') as unknown, null) ?? undefined,
    write: (key: string, text: string): void => tried((opened) => opened.setItem(key, text), undefined),
    drop: (key: string): void => tried((opened) => opened.removeItem(key), undefined),
  }
}

/** Puts a text on the clipboard; false when this browser does not let it be. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}

function copySelected(text: string): boolean {
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'only-read'
  // Behind an open dialog nothing can be selected.
  const room = before?.closest('dialog') ?? document.body
  room.append(field)
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  return isCopied
}

/** Undefined where there are no workers: then there is no start without a network, and nothing else is missing. */
export const workers: ServiceWorkerContainer | undefined = typeof navigator === 'undefined' ? undefined : navigator.serviceWorker

/** Whether the browser knows that it has no network. */
export function isOffline(): boolean {
  return !navigator.onLine
}

/** Whether it is drawn as on a phone, by the same width as the styles. */
export function isNarrow(): boolean {
  return matchMedia('(max-width: 760px)').matches
}

export const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

export function browserLanguages(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : (navigator.languages ?? [])
}

/** What one tab says, the other tabs of this browser hear; undefined where tabs cannot. */
export function openChannel<Message>(
  name: string,
  hear: (message: Message) => void,
): { say: (message: Message) => void; close: () => void } | undefined {
  if (typeof BroadcastChannel === 'undefined') return undefined
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<Message>) => hear(data)
  return { say: (message) => channel.postMessage(message), close: () => channel.close() }
}
