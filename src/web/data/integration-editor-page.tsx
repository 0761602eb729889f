import { useParams } from '@tanstack/react-router'
import { links } from '../links.ts'
import { IntegrationForm, type IntegrationSpec } from '../screens/integrations/integration-form.tsx'
import { words } from '../screens/integrations/words.ts'
import { words as serviceWords } from '../screens/services/words.ts'
import { catalog } from './catalog-queries.ts'
import { ConfigEditor } from './config-editor.tsx'
import { useChoices } from './configuration.ts'
import { useQuery } from './queries.ts'

const BLANK: IntegrationSpec = { source: 'generic', service: '' }

/** The form of an integration. A new one is made on the page of all of them, in fewer steps. */
export function IntegrationEditorPage() {
  const { name } = useParams({ strict: false }) as { name?: string }
  const services = useChoices('services')
  const sources = useQuery(catalog.sources())
  return (
    <ConfigEditor<IntegrationSpec>
      kind="integrations"
      name={name}
      blank={BLANK}
      place="services"
      crumbs={[
        { name: serviceWords.title, href: links.services() },
        { name: words.title, href: links.integrations() },
      ]}
      newTitle={words.add}
      hrefOf={links.integration}
    >
      {(form) => (
        <IntegrationForm
          form={form}
          services={services}
          sources={(sources.data?.items ?? []).map((one) => ({ value: one.name, name: one.title }))}
          keysHref={links.integration(name ?? '')}
        />
      )}
    </ConfigEditor>
  )
}
