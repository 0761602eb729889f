import { nearest, type WrittenKind } from '../documents/index.ts'
import { Integration, type IntegrationSpec, keyHashesOf } from './integration.ts'

export const integrationKind: WrittenKind<IntegrationSpec> = {
  ...Integration,
  plural: 'integrations',
  alsoCalled: ['source', 'webhook'],
  check({ source }, { sources }, wrong) {
    if (typeof source !== 'string' || source === '' || sources.some((one) => one.name === source)) return
    const names = sources.map((one) => one.name)
    const meant = source === 'prometheus' ? 'alertmanager' : nearest(source, names)
    wrong(
      ['spec', 'source'],
      `‹${source}› is not a source${meant === undefined ? `; the sources are: ${names.join(', ')}` : `; did you mean ‹${meant}›?`}`,
    )
  },
  /** A key opens one integration only: with two, alerts would end up in either. */
  exclusive: {
    valuesIn: keyHashesOf,
    writtenAs: ['key', 'keyHash'],
    message: (holder) => `is the key of ${holder} too; make each its own with \`openssl rand -hex 16\``,
  },
  /** The first characters of a key are for people; the hash decides. */
  forgetTrifles(before, after) {
    if (before['keyHash'] !== after['keyHash']) return
    delete before['keyStart']
    delete after['keyStart']
  },
  remark: '# The key itself is not kept; keyHash stands for it. Write `key:` instead to give a new one.\n',
}
