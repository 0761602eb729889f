export type Tone = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** The same name has the same ground everywhere and for ever; it helps finding, it never identifies. */
export function personTone(name: string): Tone {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) % 9973
  return ((sum % 8) + 1) as Tone
}
