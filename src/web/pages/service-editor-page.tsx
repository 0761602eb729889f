import { useParams } from '@tanstack/react-router'
import type { ServiceSpec } from '../../modules/catalog/service.ts'
import { useChoices } from '../data/configuration.ts'
import { ConfigEditor } from '../frame/config-editor.tsx'
import { links } from '../links.ts'
import { words } from '../product/services/words.ts'
import { words as formWords } from '../screens/services/form-words.ts'
import { ServiceForm } from '../screens/services/service-form.tsx'

const BLANK: ServiceSpec = {}

/** The form of a service; without a name in the address, of a new one. */
export function ServiceEditorPage() {
  const { name } = useParams({ strict: false }) as { name?: string }
  const teams = useChoices('teams')
  const policies = useChoices('policies')
  const services = useChoices('services')
  return (
    <ConfigEditor<ServiceSpec>
      kind="services"
      name={name}
      blank={BLANK}
      place="services"
      crumbs={[{ name: words.title, href: links.services() }]}
      newTitle={formWords.newService}
      hrefOf={links.service}
    >
      {(form, own) => (
        <ServiceForm form={form} teams={teams} policies={policies} services={services.filter(({ value }) => value !== own)} />
      )}
    </ConfigEditor>
  )
}
