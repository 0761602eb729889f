import type { Choice } from '../../parts/combobox.tsx'
import type { FormPart } from '../../parts/form.ts'
import { FormChoice, FormReference, FormSeveral } from '../../parts/form-fields.tsx'
import { Link } from '../../parts/link.tsx'
import { plainFields } from '../../product/configuration/plain-fields.tsx'
import { words } from './form-words.ts'

export interface IntegrationSpec {
  displayName?: string
  source: string
  service: string
  keyHash?: string
  keyStart?: string
  olderKeys?: { keyHash: string; keyStart?: string }[]
  allow?: ('read' | 'silence')[]
}

interface IntegrationFormProps {
  form: FormPart<IntegrationSpec>
  services: Choice[]
  sources: { value: string; name: string }[]
  keysHref: string
}

export function IntegrationForm({ form, services, sources, keysHref }: IntegrationFormProps) {
  return (
    <>
      {plainFields('Integration', form, words)('displayName')}
      <FormChoice label={words.source} hint={words.sourceHint} part={form.at('source') as FormPart<string | undefined>} choices={sources} />
      <FormReference
        label={words.service}
        hint={words.serviceHint}
        part={form.at('service') as FormPart<string | undefined>}
        choices={services}
      />
      <FormSeveral
        label={words.allow}
        hint={words.allowHint}
        part={form.at('allow')}
        choices={[
          { value: 'read', name: words.allows.read },
          { value: 'silence', name: words.allows.silence },
        ]}
      />
      <p className="sub">
        {words.keys}{' '}
        <Link className="text-link" href={keysHref}>
          {words.toKeys}
        </Link>
      </p>
    </>
  )
}
