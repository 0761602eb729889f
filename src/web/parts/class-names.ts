/** The class names that apply, in one string; what is absent or false leaves no trace. */
export function classNames(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
