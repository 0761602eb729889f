declare const literal: unique symbol

/** A piece of SQL that statements are put together from: text of the program's own, and what is bound in it. */
export interface Fragment {
  readonly [literal]: true
}

interface Pieces {
  texts: readonly string[]
  values: unknown[]
}

/** Held here and nowhere else: nothing that comes from outside can be taken for SQL. */
const piecesOf = new WeakMap<object, Pieces>()

/** As the `sql` tag: values are bound, and fragments stand where they are written. */
export function fragment(texts: TemplateStringsArray, ...values: unknown[]): Fragment {
  return made(wholeOf(texts, values))
}

/** Names of columns, as a list or each with something after it; nothing but names gets in. */
export function columnNames(names: readonly string[], each: (name: string) => string = (name) => name): Fragment {
  const odd = names.find((name) => !/^[a-z_]+$/.test(name))
  if (odd !== undefined) throw new Error(`‹${odd}› is no name of a column.`)
  return made({ texts: [names.map(each).join(', ')], values: [] })
}

/** A statement with its fragments in their places; what it was given where there are none. */
export function wholeOf(texts: readonly string[], values: unknown[]): Pieces {
  if (!values.some((value) => typeof value === 'object' && value !== null && piecesOf.has(value))) return { texts, values }
  const whole = { texts: [texts[0]!], values: [] as unknown[] }
  for (const [i, value] of values.entries()) {
    const inner = typeof value === 'object' && value !== null ? piecesOf.get(value) : undefined
    const after = texts[i + 1]!
    if (!inner) {
      whole.texts.push(after)
      whole.values.push(value)
      continue
    }
    const [first, ...others] = inner.texts
    whole.texts.push(...[whole.texts.pop()! + first, ...others])
    whole.texts.push(whole.texts.pop()! + after)
    whole.values.push(...inner.values)
  }
  return whole
}

function made(pieces: Pieces): Fragment {
  const one = Object.freeze({}) as Fragment
  piecesOf.set(one, pieces)
  return one
}
