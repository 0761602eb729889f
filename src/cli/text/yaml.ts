import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

/** Read when it is first needed: few commands do, and it would be a fifth of the start of all. */
export const yaml = (): typeof import('yaml') => load('yaml')
