import type { Issue } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Vocabulary } from '../documents/index.ts'
import { inOrder, readDocuments } from './read.ts'
import { checkTogether, snapshotAfter } from './together.ts'
import { warningsAbout } from './warnings.ts'
import type { ConfigurationFile } from './yaml.ts'

/** Everything that can be told about documents without a server: they must be complete among themselves. */
export function validateFiles(
  files: ConfigurationFile[],
  vocabulary: Omit<Vocabulary, 'checkUrl'>,
  now: Instant,
): { issues: Issue[]; warnings: Issue[]; documents: number } {
  const reading = readDocuments(files, vocabulary)
  const issues = inOrder(reading, [...reading.issues, ...checkTogether(reading, undefined)])
  const warnings = issues.length > 0 ? [] : warningsAbout(reading.documents, snapshotAfter(reading.documents, undefined), now)
  return { issues, warnings, documents: reading.documents.length }
}
