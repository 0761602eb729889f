/** One thing wrong with a value: where, and what to write instead. */
export interface FormIssue {
  /** `levels.1.after`: keys and places, joined by dots. */
  path: string
  message: string
  /** Allowed, and saved only once whoever saves was asked. */
  asks?: true
}

/**
 * A value in a form, or a part of one: what it is, how it is changed, what is wrong with it. Handed to a field whole.
 * `at` goes one step deeper, so that a part of a form never knows where in the document it stands.
 */
export interface FormPart<Value> {
  value: Value
  /** Undefined takes it out of the document. */
  onChange(value: Value): void
  /** What is wrong here, and not with something inside. */
  error: string | undefined
  /** What is wrong here and inside. */
  issues: FormIssue[]
  readOnly: boolean
  at<Key extends keyof NonNullable<Value>>(key: Key): FormPart<NonNullable<Value>[Key]>
}

interface FormState<Value> {
  value: Value
  /** Told as a change of what was there before, so that two changes in one moment do not undo each other. */
  update: (change: (before: Value) => Value) => void
  issues: FormIssue[]
  readOnly: boolean
}

export function formOf<Value>(state: FormState<Value>): FormPart<Value> {
  const { value, update, issues, readOnly } = state
  const here = issues.filter(({ path }) => path === '').map(({ message }) => sentence(message))
  return {
    value,
    onChange: (next) => update(() => next),
    error: here.length > 0 ? here.join('. ') : undefined,
    issues,
    readOnly,
    at: (key) =>
      formOf({
        value: (value as NonNullable<Value> | undefined)?.[key] as NonNullable<Value>[typeof key],
        update: (change) =>
          update((before) => withKey(before, key, change((before as NonNullable<Value> | undefined)?.[key] as never)) as Value),
        issues: inside(issues, String(key)),
        readOnly,
      }),
  }
}

/** A copy with one entry changed; undefined takes a key out of a group, and leaves the places of a list alone. */
function withKey(before: unknown, key: PropertyKey, value: unknown): unknown {
  if (Array.isArray(before)) return before.map((entry, place) => (place === Number(key) ? value : entry))
  if (value === undefined) {
    const { [key]: _, ...rest } = (before ?? {}) as Record<PropertyKey, unknown>
    return rest
  }
  return { ...(before as object | undefined), [key]: value }
}

function inside(issues: FormIssue[], key: string): FormIssue[] {
  return issues.flatMap(({ path, message }) => {
    if (path === key) return [{ path: '', message }]
    return path.startsWith(`${key}.`) ? [{ path: path.slice(key.length + 1), message }] : []
  })
}

/** Findings begin in small letters, because a path stands before them elsewhere. */
export function sentence(message: string): string {
  return /^\p{Ll}/u.test(message) ? message.charAt(0).toUpperCase() + message.slice(1) : message
}

/** A copy of a list with one entry at another place. */
export function moved<Entry>(list: readonly Entry[], from: number, to: number): Entry[] {
  const copy = [...list]
  const [entry] = copy.splice(from, 1)
  copy.splice(to, 0, entry as Entry)
  return copy
}
