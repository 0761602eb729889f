import type { ComponentProps } from 'react'
import { plainProperties } from '../../../kinds-told.js'
import type { FormPart } from '../../parts/form.ts'
import { SchemaField } from '../../parts/schema-field.tsx'

/**
 * Draws plain properties of a document as its schema says. A form's words of the property's own name are its label, those with `Hint` its
 * hint; `more` is what no schema knows, such as what its choices are called.
 */
export function plainFields<Spec extends object>(kind: string, form: FormPart<Spec>, words: object) {
  const say = words as Record<string, string | undefined>
  return (key: keyof Spec & string, more: Partial<ComponentProps<typeof SchemaField>> = {}) => (
    <SchemaField
      label={say[key] ?? key}
      hint={say[`${key}Hint`]}
      schema={plainProperties[kind]?.[key] ?? {}}
      part={form.at(key) as FormPart<unknown>}
      {...more}
    />
  )
}
