import { useParams } from '@tanstack/react-router'
import { links } from '../links.ts'
import { words as formWords } from '../screens/services/form-words.ts'
import { ServiceForm, type ServiceSpec } from '../screens/services/service-form.tsx'
import { words } from '../screens/services/words.ts'
import { ConfigEditor } from './config-editor.tsx'
import { useChoices } from './configuration.ts'

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
