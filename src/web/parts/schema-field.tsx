import type { FormPart } from './form.ts'
import { FormChoice, FormNumber, FormSwitch, FormText } from './form-fields.tsx'

interface SchemaFieldProps {
  label: string
  hint?: string | undefined
  /** What a JSON schema says of a plain value: a text, a number, on or off, or one of a few. */
  schema: { type?: string; enum?: readonly string[]; minimum?: number; maximum?: number; default?: unknown }
  part: FormPart<unknown>
  /** Those that are offered, by what they are called; every one by its own word unless said. */
  choices?: Record<string, string>
  /** What choosing nothing means. */
  none?: string
}

/** The field that fits a plain value. */
export function SchemaField({ label, hint, schema, part, choices, none }: SchemaFieldProps) {
  const { type, minimum: min, maximum: max, default: unless } = schema
  const common = { label, hint, part: part as never }
  if (schema.enum) {
    const offered = choices ? Object.entries(choices) : schema.enum.map((value) => [value, value] as const)
    return <FormChoice {...common} choices={offered.map(([value, name]) => ({ value, name }))} {...(none !== undefined && { none })} />
  }
  if (type === 'boolean') return <FormSwitch {...common} unless={unless === true} />
  if (type === 'string' || type === undefined) return <FormText {...common} />
  // Zod's whole numbers end where JavaScript's do, which is no limit of anybody's.
  const limits = { ...(min !== undefined && { min }), ...(max !== undefined && max < Number.MAX_SAFE_INTEGER && { max }) }
  return <FormNumber {...common} {...limits} {...(unless !== undefined && { placeholder: String(unless) })} />
}
