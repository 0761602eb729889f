/** How much of an attack is tried: a bounded piece at each gate, all of it by `npm run attack`. */
export const attacksInFull = process.env.TOCSIN_ATTACK === 'full'

export function sized<Size>(bounded: Size, full: Size): Size {
  return attacksInFull ? full : bounded
}
