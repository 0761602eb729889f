/** Configuration written as objects, kind by kind: what `world.configure` takes. */
export function documents(kinds: Record<string, Record<string, object>>): string {
  return Object.entries(kinds)
    .flatMap(([kind, named]) => Object.entries(named).map(([name, spec]) => JSON.stringify({ kind, metadata: { name }, spec })))
    .join('\n---\n')
}

/** A key as integrations have them: `keyOf('alarms')`. */
export function keyOf(integration: string): string {
  return `key-of-${integration}`.padEnd(32, '0')
}
