import { access, chmod, cp, lstat, mkdir, open, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { type DataFolder, syncFolder, unfinished, unlessThere } from './data-folder.ts'
import { type Machine, noBinaries, packageNameFor } from './machine.ts'

/** PostgreSQL's programs, as one npm package per kind of machine brings them. */
export interface Binaries {
  /** The package's folder; everything used is in its `native` folder. */
  folder: string
  /** Which binaries these are, of which version: a data folder may be carried to another kind of machine. */
  label: string
  major: number
  initdb: string
  postgres: string
  pgCtl: string
}

/** The binaries for a machine, from `packageFolder` if given. Touches nothing, so that a machine without any is refused first. */
export async function findBinaries(machine: Machine, packageFolder?: string): Promise<Binaries> {
  const name = packageNameFor(machine)
  const folder = packageFolder ?? installedFolder(name)
  const binaries = folder && (await binariesIn(folder, machine).catch(() => undefined))
  if (!binaries) throw noBinaries(`The npm package ${name} is not installed; run npm ci without --omit=optional, or do without it`)
  return binaries
}

/**
 * The binaries with every link to their libraries in place. npm packages cannot hold links, and the install script that
 * would make them is not run (`--ignore-scripts`). Where they cannot be made, because another user installed the package,
 * a copy in the data folder is used.
 */
export async function withLibraryLinks(binaries: Binaries, folder: DataFolder, log: (line: string) => void): Promise<Binaries> {
  try {
    await linkLibraries(binaries)
    return binaries
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    return copyBinaries(binaries, folder, log)
  }
}

/** A complete copy in the data folder, readable for everybody that may pass through it; made once for each kind and version. */
export async function copyBinaries(binaries: Binaries, folder: DataFolder, log: (line: string) => void): Promise<Binaries> {
  const copy = join(folder.path, `${COPY}${binaries.label}`)
  const isThere = await stat(copy).then(
    () => true,
    () => false,
  )
  if (!isThere) {
    log(`PostgreSQL cannot be run from ${binaries.folder} as it is there: copying it into ${folder.path}.`)
    await makeCopy(binaries, copy)
  }
  const copied = { ...binaries, ...programsIn(copy, binaries.postgres.endsWith('.exe') ? '.exe' : ''), folder: copy }
  await linkLibraries(copied)
  return copied
}

/** Copies of earlier versions go once a server of this version runs: until then one of them may be in use. */
export async function removeOtherCopies(used: Binaries, folder: DataFolder): Promise<void> {
  for (const name of await readdir(folder.path)) {
    if (name.startsWith(COPY) && name !== basename(used.folder) && !name.includes('.new-')) {
      await rm(join(folder.path, name), { recursive: true, force: true })
    }
  }
}

const COPY = 'pg-binaries-'

function installedFolder(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}

async function binariesIn(folder: string, machine: Machine): Promise<Binaries> {
  const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { name: string; version: string }
  const programs = programsIn(folder, machine.platform === 'win32' ? '.exe' : '')
  await access(programs.postgres)
  return { folder, label: `${basename(name)}-${version}`, major: Number.parseInt(version, 10), ...programs }
}

function programsIn(folder: string, suffix: string): Pick<Binaries, 'initdb' | 'postgres' | 'pgCtl'> {
  const program = (name: string) => join(folder, 'native', 'bin', name + suffix)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

/** Only what is missing is made: the folder is usually read-only for us, and complete, from the second start on. */
async function linkLibraries(binaries: Binaries): Promise<void> {
  const list = await readFile(join(binaries.folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(binaries.folder, target)
    const isThere = await lstat(link).then(
      () => true,
      () => false,
    )
    if (!isThere) await symlink(relative(dirname(target), source), link).catch(unlessThere)
  }
}

async function makeCopy(binaries: Binaries, copy: string): Promise<void> {
  const draft = unfinished(copy)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft)
  await cp(join(binaries.folder, 'package.json'), join(draft, 'package.json'))
  await cp(join(binaries.folder, 'native'), join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    // Static libraries are for compiling against.
    filter: (path) => !path.endsWith('.a'),
  })
  await openForAll(draft)
  await rename(draft, copy).catch((error) => giveWay(error, draft))
  await syncFolder(dirname(copy))
}

/** Lets everybody read, and syncs: a copy that lost its content in a power cut would be taken for a good one ever after. */
async function openForAll(path: string): Promise<void> {
  await chmod(path, 0o755)
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await openForAll(join(path, entry.name))
    else if (entry.isFile()) await openFileForAll(join(path, entry.name))
  }
  await syncFolder(path)
}

async function openFileForAll(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    const { mode } = await handle.stat()
    await handle.chmod(mode & 0o100 ? 0o755 : 0o644)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Another start was quicker with the same work: its result is as good as ours. */
export async function giveWay(error: NodeJS.ErrnoException, draft: string): Promise<void> {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  await rm(draft, { recursive: true, force: true })
}
