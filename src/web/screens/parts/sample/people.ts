import type { PersonLook } from '../../../parts/avatar.tsx'

/** Harbourline's people, invented. */
export const beatriz: PersonLook = { name: 'Beatriz Amado', tone: 1 }
export const sam: PersonLook = { name: 'Sam Okafor', tone: 2 }
export const li: PersonLook = { name: 'Li Wei', tone: 3 }
export const raj: PersonLook = { name: 'Raj Iyer', tone: 4 }
export const noor: PersonLook = { name: 'Noor Haddad', tone: 5 }
export const ida: PersonLook = { name: 'Ida Lund', tone: 6 }
export const tom: PersonLook = { name: 'Tom Reyes', tone: 7 }
export const ava: PersonLook = { name: 'Ava Vance', tone: 8 }
