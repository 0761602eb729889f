import { useParams } from '@tanstack/react-router'
import { catalog } from '../data/catalog-queries.ts'
import { useChoices } from '../data/configuration.ts'
import { useQuery } from '../data/queries.ts'
import { ConfigEditor } from '../frame/config-editor.tsx'
import { links } from '../links.ts'
import { words } from '../product/integrations/words.ts'
import { words as serviceWords } from '../product/services/words.ts'
import { IntegrationForm, type IntegrationSpec } from '../screens/integrations/integration-form.tsx'

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
