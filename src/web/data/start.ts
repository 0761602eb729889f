import { language } from '../language.ts'

interface Start {
  language: string
  live: string
  replies: Record<string, unknown>
}

/** What the server has put into the page, so that the first screen need not wait for answers (`src/pages/incident-start.ts`). */
const start = read()

/** Where the live stream stood before all of it was read. */
export const startedAfter: string | undefined = start?.live

/** The answer to this question, once: whoever asks again wants to know what is so by then. */
export function takeAnswer(address: string): unknown {
  const answer = start?.replies[address]
  if (answer !== undefined) delete start!.replies[address]
  return answer
}

/** The application shows all of it now. */
export function endStart(): void {
  document.querySelector('.start')?.remove()
}

function read(): Start | undefined {
  const element = document.getElementById('start')
  if (!element) return undefined
  element.remove()
  const found = JSON.parse(element.textContent ?? '') as Start
  // Sentences in it are in the language that this browser was thought to want.
  return found.language === language ? found : undefined
}
