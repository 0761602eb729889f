import { inLanguage } from '../../language.ts'

const english = {
  displayName: 'Name',
  source: 'What it speaks',
  sourceHint: 'The address stays; bodies are read in this dialect from then on.',
  service: 'Service',
  serviceHint: 'Whose alerts they are.',
  allow: 'Senders may also',
  allowHint: 'Through Alertmanager’s own API, within this service.',
  allows: { read: 'read alerts', silence: 'silence them' },
  keys: 'Keys are made and revoked on the page of the integration.',
  toKeys: 'Go there',
}

const german: typeof english = {
  displayName: 'Bezeichnung',
  source: 'Format',
  sourceHint: 'Die Adresse bleibt; gelesen wird ab dann in diesem Format.',
  service: 'Für den Service',
  serviceHint: 'Wessen Alerts es sind.',
  allow: 'Absender dürfen auch',
  allowHint: 'Über die API von Alertmanager, innerhalb dieses Service.',
  allows: { read: 'Alerts lesen', silence: 'sie stummschalten' },
  keys: 'Schlüssel entstehen auf der Seite der Integration und werden dort widerrufen.',
  toKeys: 'Dorthin',
}

export const words = inLanguage(english, german)
