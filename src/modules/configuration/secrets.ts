import { type Issue, isRefusal } from '../../kernel/result.ts'
import type { SecretOf } from '../../platform/secrets.ts'
import { writtenKind } from './kinds.ts'
import { issueWith, type Reading } from './read.ts'

/**
 * Asks for every secret that documents name. One that may not be used is an issue; one that is only not there yet is
 * allowed, and said: files and variables often come after the documents.
 */
export async function lookAtSecrets(reading: Reading, secretOf: SecretOf): Promise<Issue[]> {
  const named = reading.documents.flatMap((document) =>
    (writtenKind(document.kind)!.secretsIn?.(document.spec) ?? []).map((found) => ({ document, ...found })),
  )
  const outcomes = await Promise.all(named.map(async ({ secret }) => secretOf(secret)))
  return named.flatMap(({ document, path }, n) => {
    const outcome = outcomes[n]!
    if (!isRefusal(outcome)) return []
    const issue = issueWith(document, path, outcome.message)
    if (outcome.refusal === 'missing') return [issue]
    reading.issues.push(issue)
    return []
  })
}
