import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Issue, isRefusal } from '../../kernel/result.ts'
import { shorten } from '../../kernel/text.ts'
import type { Instant } from '../../kernel/time.ts'
import { SettingRefusal } from '../../platform/settings.ts'
import { calledAs, type Documents, type Snapshot } from '../documents/index.ts'
import type { Affected } from '../oncall/index.ts'
import { applyReading, type ConfigurationParts, invalid } from './actions.ts'
import { whoIsAffected } from './affected.ts'
import { WRITTEN_KINDS, writtenKind } from './kinds.ts'
import { differencesOf, type Plan } from './plan.ts'
import { issueWith, readDocuments, type WrittenDocument } from './read.ts'
import { lookAtSecrets } from './secrets.ts'
import type { ConfigurationFile } from './yaml.ts'

export type StartOutcome =
  /** `warnings` name what a person changed here meanwhile (the file's version of it was left aside), and secrets that are not there. */
  | { kind: 'applied'; plan: Plan; warnings: Issue[]; whoIsAffected: Affected[] }
  /** The files are broken; what was in force stays in force. */
  | { kind: 'kept'; issues: Issue[] }

/** The start must stop: there is nothing to fall back on. */
export class ConfigurationRefusal extends SettingRefusal {
  readonly issues: Issue[]
  constructor(path: string, issues: Issue[]) {
    super(
      [
        `The configuration in ${path} cannot be used, and there is none yet to go on with:`,
        ...issues.map((issue) => `  ${issueText(issue)}`),
      ].join('\n'),
    )
    this.issues = issues
  }
}

/**
 * Applies `--config` before the first request. Never prunes, and leaves alone what was made or ejected in the product. A
 * typo must not take the pager down: broken files stop the start only where nothing is configured yet.
 */
export async function applyAtStart(parts: ConfigurationParts, now: Instant, path: string): Promise<StartOutcome> {
  const { files, issues } = readFolder(path)
  const reading = readDocuments(files, parts.vocabulary)
  reading.issues.unshift(...issues)
  const missing = await lookAtSecrets(reading, parts.secretOf)
  const outcome = await parts.db.transaction((tx) =>
    applyReading(tx, now, 'system', parts.documents, reading, { prune: false, keepOthers: true }),
  )
  if (!isRefusal(outcome))
    return {
      kind: 'applied',
      plan: outcome.plan,
      warnings: [...outcome.leftAside.flatMap((one) => leftAside(outcome.before, one)), ...missing],
      whoIsAffected: whoIsAffected(outcome.before, outcome.after, now),
    }
  const found = outcome.issues ?? []
  if (await isEmpty(parts, parts.documents)) throw new ConfigurationRefusal(path, found)
  return { kind: 'kept', issues: found }
}

/** A title for the alarm about a configuration that could not be applied. */
export function brokenConfigurationTitle(path: string, issues: Issue[]): string {
  const { message } = invalid(issues)
  return shorten(
    `The configuration in ${path} was not applied; the last good one stays in force. ${message.replace(/^Nothing was changed\. /, '')}`,
    400,
  )
}

/**
 * A file, or every *.yaml and *.yml below a folder in the order of their paths. What cannot be read is an issue. A pipe is
 * taken only from who waits at a terminal: a server would wait for its writer for ever.
 */
export function readFolder(path: string, from: 'files' | 'files and pipes' = 'files'): { files: ConfigurationFile[]; issues: Issue[] } {
  const files: ConfigurationFile[] = []
  const issues: Issue[] = []
  walk(path, true, new Set())
  if (files.length === 0 && issues.length === 0) issues.push({ file: path, path: '', message: 'holds no *.yaml or *.yml file' })
  return { files, issues }

  function walk(at: string, named: boolean, inside: Set<string>): void {
    try {
      const is = statSync(at)
      if (!is.isDirectory()) {
        if (!named && !/\.ya?ml$/i.test(at)) return
        if (!is.isFile() && !(named && from === 'files and pipes')) issues.push({ file: at, path: '', message: 'is not a regular file' })
        else files.push({ file: at, text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(at)) })
        return
      }
      const real = realpathSync(at)
      if (inside.has(real)) return
      // Mounted folders keep their versions in `..data`, editors and git theirs in other names with a dot.
      for (const name of readdirSync(at)
        .filter((one) => !one.startsWith('.'))
        .sort())
        walk(join(at, name), false, new Set([...inside, real]))
    } catch (error) {
      const { code } = error as { code?: string }
      const why =
        code === 'ENOENT'
          ? 'does not exist'
          : code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
            ? 'is not UTF-8 text'
            : `cannot be read (${code ?? (error as Error).message})`
      issues.push({ file: at, path: '', message: why })
    }
  }
}

/** `people.yaml:12 spec.contacts.0.channel: ‹webhok› is not a channel; …` */
export function issueText({ file, line, path, message }: Issue): string {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}`
  return `${[place, path].filter((part) => part !== '').join(' ')}${place === '' && path === '' ? '' : ': '}${message}`
}

/** Nothing but what Tocsin itself puts there. */
async function isEmpty({ db }: ConfigurationParts, documents: Documents): Promise<boolean> {
  const snapshot = await documents.fresh(db.sql)
  return WRITTEN_KINDS.every((kind) => snapshot.all(kind).every(({ origin }) => origin.kind === 'built-in'))
}

function leftAside(before: Snapshot, written: WrittenDocument): Issue[] {
  const kind = writtenKind(written.kind)!
  const current = before.get(kind, written.name)
  if (!current || differencesOf(kind, current.spec, written.spec).length === 0) return []
  const where = current.origin.kind === 'ui' ? 'in the browser' : 'through the API'
  return [
    issueWith(
      written,
      [],
      `was left aside: ${calledAs(written)} was changed ${where} by ${current.changedBy}; \`tocsin apply\` puts the file in force again`,
    ),
  ]
}
